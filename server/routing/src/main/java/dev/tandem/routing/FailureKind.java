package dev.tandem.routing;

import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Reasons;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What kind of failure of an engine it is, and so what may be done before the first token. In the
 * order of their use to the caller: the earlier one is told where engines fail in different ways.
 */
public enum FailureKind {
    /** The caller's own fault, or one that no other engine would not have. */
    FINAL(false, false),
    /** More tokens than the model's context. */
    CONTEXT_LENGTH(false, false),
    /** The server behind the engine takes no more from us for now. */
    RATE_LIMITED(true, false),
    /** As many calls run and wait at the engine as may. */
    OVERLOADED(false, false),
    /** The model is being loaded. */
    LOADING(false, false),
    /** It cannot be reached, or says that it is out of service. */
    UNAVAILABLE(true, true),
    /** It did not begin, or go on, in time. */
    TIMEOUT(false, true),
    /** It failed, or broke the rules of its protocol. */
    ERROR(true, true),
    /** It does not take our key, or does not know the model that the configuration names. */
    MISCONFIGURED(false, true);

    private static final Map<String, FailureKind> BY_REASON =
            Map.of(
                    EngineReasons.CONTEXT_LENGTH_EXCEEDED.name(), CONTEXT_LENGTH,
                    EngineReasons.UPSTREAM_RATE_LIMITED.name(), RATE_LIMITED,
                    Reasons.OVERLOADED.name(), OVERLOADED,
                    EngineReasons.MODEL_LOADING.name(), LOADING,
                    EngineReasons.UPSTREAM_UNAVAILABLE.name(), UNAVAILABLE,
                    EngineReasons.ENGINE_FAILED.name(), ERROR,
                    EngineReasons.UPSTREAM_TIMEOUT.name(), TIMEOUT,
                    EngineReasons.UPSTREAM_ERROR.name(), ERROR,
                    EngineReasons.UPSTREAM_MISCONFIGURED.name(), MISCONFIGURED,
                    EngineReasons.MODEL_NOT_FOUND.name(), MISCONFIGURED);

    private final boolean again;
    private final boolean breaks;

    FailureKind(boolean again, boolean breaks) {
        this.again = again;
        this.breaks = breaks;
    }

    /** That of an error that an engine threw. */
    public static FailureKind of(ApiError error) {
        FailureKind known = BY_REASON.get(error.reason());
        if (known != null) {
            return known;
        }
        return switch (error.code()) {
            case RATE_LIMITED -> RATE_LIMITED;
            case UNAVAILABLE, ABORTED -> UNAVAILABLE;
            case DEADLINE_EXCEEDED -> TIMEOUT;
            case UPSTREAM_FAILED, INTERNAL, UNKNOWN, DATA_LOSS -> ERROR;
            case UNAUTHENTICATED, PERMISSION_DENIED, NOT_FOUND, UNIMPLEMENTED -> MISCONFIGURED;
            default -> FINAL;
        };
    }

    /** After which another engine is tried unless told: all that another may not have. */
    public static Set<FailureKind> usualFallback() {
        Set<FailureKind> kinds = EnumSet.allOf(FailureKind.class);
        kinds.remove(FINAL);
        kinds.remove(CONTEXT_LENGTH);
        return kinds;
    }

    /** May the same engine do better a moment later? */
    boolean again() {
        return again;
    }

    /** Does it count against the engine's circuit? */
    boolean breaks() {
        return breaks;
    }
}
