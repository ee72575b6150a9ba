package dev.tandem.llamacpp.loop;

import org.jspecify.annotations.Nullable;

/** The engine could not go on with a request, through no fault of the request. */
public final class EngineFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    EngineFailure(String reason) {
        this(reason, null);
    }

    EngineFailure(String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** The same, for a thread that meets it later: with that thread's stack. */
    EngineFailure again() {
        return new EngineFailure(reason, this);
    }

    String reason() {
        return reason;
    }
}
