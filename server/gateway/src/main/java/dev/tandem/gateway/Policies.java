package dev.tandem.gateway;

import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.quota.QuotaSettings;
import dev.tandem.gateway.quota.TokenTariff;
import dev.tandem.gateway.service.UsageListener;
import dev.tandem.runtime.admission.Admission;
import dev.tandem.runtime.admission.AdmissionPolicy;
import dev.tandem.runtime.admission.Callers;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.limits.LimitStore;
import dev.tandem.runtime.limits.Quota;
import java.util.List;

/**
 * What stands between a valid request and its handler, outermost first: the quota, which says no at
 * once, then the wait for a place.
 */
final class Policies {
    private final TokenTariff tariff;
    private final List<Policy> all;
    private volatile QuotaSettings quotas;

    Policies(GatewayTraffic traffic, Models models, LimitStore store) {
        quotas = traffic.quotas();
        tariff = new TokenTariff(() -> quotas, models, Callers::of);
        all =
                List.of(
                        new Quota(tariff, store),
                        new AdmissionPolicy(
                                new Admission(traffic.capacity()),
                                Callers::of,
                                this::reachesAnEngine));
    }

    /** The list of models is told however busy the models are, health and reflection too. */
    private boolean reachesAnEngine(Method<?, ?> method) {
        return tariff.of(method) != null;
    }

    /** Other limits, from the next call on. */
    void take(QuotaSettings others) {
        quotas = others;
    }

    List<Policy> all() {
        return all;
    }

    /** Tells what calls took to the quota first, then to another. */
    UsageListener usage(UsageListener other) {
        return (call, spent) -> {
            tariff.spent(call, spent);
            other.spent(call, spent);
        };
    }
}
