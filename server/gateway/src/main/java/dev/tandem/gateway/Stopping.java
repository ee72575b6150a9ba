package dev.tandem.gateway;

import java.time.Duration;

/**
 * How the gateway stops.
 *
 * @param drain how long running calls may go on when it is told to
 * @param delay how long it then takes further calls while it tells that it is not ready
 */
public record Stopping(Duration drain, Duration delay) {

    /** Running calls have 30 s; it is not ready and takes no calls from the first moment. */
    public static Stopping usual() {
        return within(Duration.ofSeconds(30));
    }

    /** Without a delay. */
    public static Stopping within(Duration drain) {
        return new Stopping(drain, Duration.ZERO);
    }
}
