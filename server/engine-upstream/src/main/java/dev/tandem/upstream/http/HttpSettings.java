package dev.tandem.upstream.http;

import java.time.Duration;

/**
 * How a server is talked to, whoever asks.
 *
 * @param connect the longest time until a connection stands, name look-up and TLS included; 1 ms to
 *     5 min, 10 s unless told
 * @param send the longest time until a whole request is written; 1 ms to 1 h, 60 s unless told
 * @param idle how long a connection without a request is kept; 0, which keeps none, to 1 h, 30 s
 *     unless told
 * @param idleConnections how many of them are kept for a server; 0 to 10,000, 256 unless told
 * @param largestHead the most bytes of an answer's status line and headers; 1 KiB to 1 MiB, 64 KiB
 *     unless told
 */
public record HttpSettings(
        Duration connect, Duration send, Duration idle, int idleConnections, int largestHead) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final int MOST_CONNECTIONS = 10_000;
    private static final int SMALLEST_HEAD = 1 << 10;
    private static final int LARGEST_HEAD = 1 << 20;

    /** Those that hold unless told otherwise. */
    public static final HttpSettings DEFAULT =
            new HttpSettings(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    256,
                    64 << 10);

    public HttpSettings {
        within("connect", connect, SHORTEST, Duration.ofMinutes(5));
        within("send", send, SHORTEST, Duration.ofHours(1));
        within("idle", idle, Duration.ZERO, Duration.ofHours(1));
        if (idleConnections < 0 || idleConnections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException("idleConnections must be 0 to 10000");
        }
        if (largestHead < SMALLEST_HEAD || largestHead > LARGEST_HEAD) {
            throw new IllegalArgumentException("largestHead must be 1 KiB to 1 MiB");
        }
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + " must be " + least.toMillis() + " ms to " + most.toMillis() + " ms");
        }
    }
}
