package dev.tandem.runtime.policy;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Policy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/**
 * One line in the log at the end of each call: {@code key=value} pairs, no header, no query, no
 * content. DEBUG for pages and probes, INFO for methods.
 */
public final class AccessLog implements Policy {
    private static final int OK = 200;

    private final Logger log;

    /** Logs under this class's name. */
    public AccessLog() {
        this(System.getLogger(AccessLog.class.getName()));
    }

    /** Logs to a logger of the caller's. */
    public AccessLog(Logger log) {
        this.log = log;
    }

    @Override
    public void admit(Call call) {
        Level level = call.head().method() == null ? Level.DEBUG : Level.INFO;
        if (log.isLoggable(level)) {
            long begin = System.nanoTime();
            call.onEnd(() -> log.log(level, line(call, System.nanoTime() - begin)));
        }
    }

    private static String line(Call call, long nanos) {
        Head head = call.head();
        ApiError failure = call.failure();
        int failed = failure == null ? OK : failure.code().http();
        int status = call.status() == 0 ? failed : call.status();
        return "call="
                + (head.method() == null ? "-" : head.method())
                + " wire="
                + head.wire()
                + " verb="
                + head.verb()
                + " path="
                + printable(head.path())
                + " status="
                + status
                + " code="
                + (failure == null ? "OK" : name(failure))
                + " ms="
                + TimeUnit.NANOSECONDS.toMillis(nanos)
                + " request_id="
                + call.requestId();
    }

    private static String name(ApiError failure) {
        Code code = failure.code();
        return code + "/" + failure.reason();
    }

    /** A path is the caller's text: it may not begin a line of its own or look like a pair. */
    private static String printable(String path) {
        StringBuilder printable = new StringBuilder(path.length());
        path.chars().limit(200).forEach(c -> printable.append(c > ' ' && c < 127 ? (char) c : '?'));
        return printable.toString();
    }
}
