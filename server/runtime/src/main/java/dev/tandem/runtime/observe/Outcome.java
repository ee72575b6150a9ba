package dev.tandem.runtime.observe;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import java.util.Locale;

/** How a call ended, in the words of the log, the metrics and the traces. */
public final class Outcome {
    private static final int ERRORS = 400;

    private Outcome() {}

    /** {@code OK} or the name of a {@link Code}. */
    public static String code(Call call) {
        ApiError failure = call.failure();
        if (failure != null) {
            return failure.code().name();
        }
        return call.cancelled() == null ? "OK" : Code.CANCELLED.name();
    }

    /**
     * {@code complete}; {@code refused}, before a handler was reached; {@code failed}; or why it
     * was cancelled: {@code client_left}, {@code deadline}, …
     */
    public static String ended(Call call) {
        CancelCause cause = call.cancelled();
        if (cause != null) {
            return cause.name().toLowerCase(Locale.ROOT);
        }
        if (call.failure() == null) {
            return call.status() >= ERRORS ? "failed" : "complete";
        }
        boolean handled =
                Timeline.of(call).map(timeline -> timeline.served() != null).orElse(false);
        return handled ? "failed" : "refused";
    }
}
