package dev.tandem.runtime.auth;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** A line for each call that needs the scope {@code admin}, by the logger {@code audit}. */
final class Audit {
    private static final Logger LOG = System.getLogger("audit");
    private static final int LONGEST = 200;

    private Audit() {}

    /** Writes the line when the call has ended, also where it was refused. */
    static void watch(Call call) {
        call.onEnd(() -> LOG.log(Level.INFO, line(call)));
    }

    private static String line(Call call) {
        Head head = call.head();
        ApiError failure = call.failure();
        return "caller="
                + printable(Caller.of(call).name())
                + " call="
                + (head.method() == null ? "-" : head.method())
                + " wire="
                + head.wire()
                + " verb="
                + head.verb()
                + " path="
                + printable(head.path())
                + " code="
                + (failure == null ? "OK" : failure.code() + "/" + failure.reason())
                + " peer="
                + head.peer()
                + " request_id="
                + call.requestId();
    }

    /** A caller's text may not begin a line of its own or look like a pair. */
    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.chars()
                .limit(LONGEST)
                .forEach(c -> printable.append(c > ' ' && c < 127 && c != '=' ? (char) c : '?'));
        return printable.toString();
    }
}
