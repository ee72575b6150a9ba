package dev.tandem.runtime.admission;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reasons;
import java.time.Duration;

/** There is no place and none is to be expected in time. Try again later. */
public final class Overloaded extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Cause {
        /** As many wait as may wait. */
        FULL,
        /** The wait would be longer than the caller or the server allows. */
        TOO_SLOW,
        /** Others, who had fewer in the line, needed the room. */
        CROWDED_OUT,
        /** It takes no more calls. */
        CLOSED
    }

    private final Cause why;
    private final int waiting;
    private final Duration retryAfter;

    Overloaded(Cause why, int waiting, Duration retryAfter) {
        super(words(why, waiting), null, false, false); // made often, by design: no stack trace
        this.why = why;
        this.waiting = waiting;
        this.retryAfter = retryAfter;
    }

    private static String words(Cause why, int waiting) {
        return switch (why) {
            case FULL ->
                    waiting == 0
                            ? "every place is taken and none may wait"
                            : waiting + " calls wait already";
            case TOO_SLOW -> waiting + " calls wait already, too many to be served in time";
            case CROWDED_OUT ->
                    waiting
                            + " calls wait already, most of them this caller's, and others come too";
            case CLOSED -> "no more calls are taken";
        };
    }

    /** Why. */
    public Cause why() {
        return why;
    }

    /** How many wait. */
    public int waiting() {
        return waiting;
    }

    /** When a place may be free: at least a second. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /**
     * For the caller: 503 {@code overloaded}.
     *
     * @param what is busy, as the begin of a sentence: "The model"
     */
    public ApiException toException(String what) {
        return ApiError.of(
                        Reasons.OVERLOADED,
                        what + " is busy: " + getMessage() + "; try again later.")
                .retryAfter(retryAfter)
                .toException();
    }
}
