package dev.tandem.gateway.config;

import java.time.Duration;

/**
 * What the server takes and how long it waits.
 *
 * @param maxRequestBytes the largest request message
 * @param heartbeat after how much silence a stream carries a sign of life
 * @param drain how long running requests may go on when the server is told to stop
 */
public record Limits(int maxRequestBytes, Duration heartbeat, Duration drain) {

    static Limits read(Reader reader) {
        return new Limits(
                (int) reader.bytes(Key.TANDEM_MAX_REQUEST, 4L << 20, 1L << 10, 1L << 30),
                reader.seconds(Key.TANDEM_HEARTBEAT, 10, 1, 300),
                reader.seconds(Key.TANDEM_DRAIN, 30, 0, 3600));
    }
}
