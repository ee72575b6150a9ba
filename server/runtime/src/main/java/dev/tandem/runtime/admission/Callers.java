package dev.tandem.runtime.admission;

import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.call.Call;
import java.net.InetSocketAddress;

/**
 * Who takes turns with whom, and is counted with whom: one key, one name in tokens; without a
 * credential those who call from one address.
 */
public final class Callers {
    private Callers() {}

    /** The caller's name; the same for every call of the same caller. Never a credential. */
    public static String of(Call call) {
        Caller caller = Caller.of(call);
        return switch (caller.shown()) {
            case KEY -> "key " + caller.name();
            case TOKEN -> "token " + caller.name();
            case ANONYMOUS, NOTHING -> address(call);
        };
    }

    private static String address(Call call) {
        return call.head().peer() instanceof InetSocketAddress address
                ? String.valueOf(address.getAddress())
                : "local";
    }
}
