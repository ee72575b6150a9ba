package dev.tandem.runtime.policy;

import dev.tandem.runtime.call.Head;
import java.util.Set;

/** Who needs neither credential nor known host name: probes of orchestrators and balancers. */
public final class Exempt {
    /** The paths that are open to everybody. */
    public static final Set<String> PATHS =
            Set.of(
                    "/health",
                    "/ready",
                    "/grpc.health.v1.Health/Check",
                    "/grpc.health.v1.Health/Watch");

    private Exempt() {}

    /**
     * Is this request open to everybody? Only as a probe: a path that leads to a method by its raw
     * form is none, whatever it is once its dots are resolved.
     */
    public static boolean covers(Head head) {
        String method = head.method();
        return PATHS.contains(head.path()) && (method == null || head.path().equals("/" + method));
    }
}
