package dev.tandem.runtime.call;

import java.time.Duration;

/** What a call that was cancelled is answered with. */
final class CancelErrors {
    /** When another server, or this one's successor, may be there. */
    private static final Duration BACK_SOON = Duration.ofSeconds(1);

    private CancelErrors() {}

    static ApiError of(CancelCause cause) {
        return switch (cause) {
            case CLIENT_LEFT -> ApiError.of(Reasons.CANCELLED, "The client cancelled the call.");
            case STALLED ->
                    ApiError.of(
                            Reasons.CLIENT_STALLED,
                            "The client took nothing of the answer for too long; read it as it"
                                    + " comes.");
            case DEADLINE ->
                    ApiError.of(
                            Reasons.DEADLINE_EXCEEDED,
                            "The call's deadline passed before its answer was complete; allow more time.");
            case FIRST_MESSAGE ->
                    ApiError.of(
                            Reasons.FIRST_MESSAGE_TIMEOUT,
                            "The answer did not begin within the time that this server allows;"
                                    + " ask for less, or try again later.");
            case MESSAGE_GAP ->
                    ApiError.of(
                            Reasons.MESSAGE_GAP_TIMEOUT,
                            "The answer stopped coming for longer than this server allows; try"
                                    + " again.");
            case CALL_LIMIT ->
                    ApiError.of(
                            Reasons.CALL_TIMEOUT,
                            "The call took longer than this server allows for a whole call; ask"
                                    + " for less.");
            case SHUTDOWN ->
                    ApiError.of(
                                    Reasons.SERVER_STOPPING,
                                    "The server is stopping; send the request again, it will reach another.")
                            .retryAfter(BACK_SOON);
        };
    }
}
