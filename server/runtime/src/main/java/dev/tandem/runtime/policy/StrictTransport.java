package dev.tandem.runtime.policy;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Policy;

/**
 * Tells browsers to come by TLS only from now on (HSTS, RFC 6797). Not on the loopback, whose names
 * other programs without TLS share. For servers that speak TLS.
 */
public final class StrictTransport implements Policy {
    private static final String ONE_YEAR = "max-age=31536000";

    @Override
    public void admit(Call call) {
        Head head = call.head();
        if (head.wire() == Head.Wire.GRPC) {
            return;
        }
        boolean elsewhere =
                head.header("host")
                        .flatMap(HostName::ofAuthority)
                        .filter(host -> !HostName.isLoopback(host))
                        .isPresent();
        if (elsewhere) {
            call.answer().header("strict-transport-security", ONE_YEAR);
        }
    }
}
