package dev.tandem.runtime;

import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.observe.Observability;
import dev.tandem.runtime.policy.AccessLog;
import dev.tandem.runtime.policy.Authenticate;
import dev.tandem.runtime.policy.BrowserGuard;
import dev.tandem.runtime.policy.Cors;
import dev.tandem.runtime.policy.StreamChoice;
import dev.tandem.runtime.policy.StrictTransport;
import dev.tandem.runtime.policy.TimeLimits;
import dev.tandem.runtime.policy.Validate;
import java.util.ArrayList;
import java.util.List;

/**
 * The policies of a server.
 *
 * @param hosts names of the server besides those of the loopback
 * @param access who may call
 * @param tls whether the server speaks TLS
 * @param own the application's
 * @param seen what one sees of calls
 */
record PolicyOrder(
        List<String> hosts, Access access, boolean tls, List<Policy> own, Observability seen) {
    /** The way of every call, outermost first: the one place where the order stands. */
    Pipeline pipeline(List<Service> all, TimeLimits clock) {
        List<Method<?, ?>> methods = new ArrayList<>();
        all.forEach(service -> methods.addAll(service.methods()));
        List<Policy> order = new ArrayList<>();
        order.add(seen.policy());
        order.add(new AccessLog(seen.settings().caller(), seen.facts()));
        order.add(new BrowserGuard(hosts, access.cors()));
        order.add(new Cors(access.cors()));
        if (tls) {
            order.add(new StrictTransport());
        }
        order.add(new Authenticate(access.authenticators(), methods));
        order.add(clock);
        order.add(new StreamChoice());
        order.add(new Validate(methods));
        order.addAll(own); // behind the rules: what is not valid costs no quota
        return new Pipeline(order);
    }
}
