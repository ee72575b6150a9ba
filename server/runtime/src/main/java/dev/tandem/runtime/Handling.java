package dev.tandem.runtime;

import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.runtime.wire.connection.WireSettings;
import java.time.Duration;

/**
 * How calls are taken and answered.
 *
 * @param maxRequestBytes the largest request message
 * @param heartbeat after how much silence a stream over REST carries a sign of life
 * @param timeLimits how long handlers may take
 * @param wire limits and times of connections
 * @param errorDetails do errors say more in details?
 */
record Handling(
        int maxRequestBytes,
        Duration heartbeat,
        StreamLimits timeLimits,
        WireSettings wire,
        boolean errorDetails) {}
