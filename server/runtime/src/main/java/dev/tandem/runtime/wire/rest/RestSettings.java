package dev.tandem.runtime.wire.rest;

import java.time.Duration;

/**
 * The limits of the REST wire.
 *
 * @param maxRequestBytes the largest request body in bytes, at least 1
 * @param heartbeat after how much silence a stream carries a sign of life, positive
 */
public record RestSettings(int maxRequestBytes, Duration heartbeat) {
    public RestSettings {
        if (maxRequestBytes < 1) {
            throw new IllegalArgumentException(
                    "the largest request is " + maxRequestBytes + " bytes; set it to 1 or more");
        }
        if (!heartbeat.isPositive()) {
            throw new IllegalArgumentException(
                    "the heartbeat is " + heartbeat + "; set it to a positive time");
        }
    }
}
