package dev.tandem.gateway;

import dev.tandem.gateway.quota.QuotaSettings;
import dev.tandem.runtime.admission.Capacity;
import java.time.Duration;

/**
 * How much the gateway takes on.
 *
 * @param quotas how much callers may ask for
 * @param capacity how many calls of models run and wait at once, whatever the model
 */
public record GatewayTraffic(QuotaSettings quotas, Capacity capacity) {

    /** No quotas; a thousand calls at once, and a thousand that wait for a minute at most. */
    public static GatewayTraffic usual() {
        return new GatewayTraffic(
                QuotaSettings.NONE, new Capacity(1000, 1000, Duration.ofMinutes(1)));
    }
}
