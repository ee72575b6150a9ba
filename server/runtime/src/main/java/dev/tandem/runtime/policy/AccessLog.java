package dev.tandem.runtime.policy;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.logging.LogLine;
import dev.tandem.runtime.observe.CallTrace;
import dev.tandem.runtime.observe.Fact;
import dev.tandem.runtime.observe.Outcome;
import dev.tandem.runtime.observe.Timeline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One line in the log at the end of each call: {@code key=value} pairs in text, an object in JSON;
 * no header, no query, no content. DEBUG for pages and probes, INFO for methods.
 */
public final class AccessLog implements Policy {
    private static final int OK = 200;
    private static final int LONGEST_PATH = 200;

    private final Logger log;
    private final Function<Call, Optional<String>> caller;
    private final List<Fact> facts;

    /** Logs under this class's name. */
    public AccessLog() {
        this(call -> Optional.empty(), List.of());
    }

    /**
     * Logs under this class's name, with more that others know.
     *
     * @param caller the name of who calls
     * @param facts fields behind all others
     */
    public AccessLog(Function<Call, Optional<String>> caller, List<Fact> facts) {
        this(System.getLogger(AccessLog.class.getName()), caller, facts);
    }

    /** Logs to a logger of the caller's. */
    AccessLog(Logger log, Function<Call, Optional<String>> caller, List<Fact> facts) {
        this.log = log;
        this.caller = caller;
        this.facts = List.copyOf(facts);
    }

    @Override
    public void admit(Call call) {
        Level level = call.head().method() == null ? Level.DEBUG : Level.INFO;
        if (log.isLoggable(level)) {
            long begin = System.nanoTime();
            call.onEnd(() -> log.log(level, "{0}", line(call, System.nanoTime() - begin)));
        }
    }

    private LogLine line(Call call, long nanos) {
        Head head = call.head();
        Timeline timeline = Timeline.of(call).orElse(null);
        String reached = timeline == null ? null : timeline.method();
        String method = reached == null ? head.method() : reached;
        ApiError failure = call.failure();
        int failed = failure == null ? OK : failure.code().http();
        LogLine line =
                new LogLine()
                        .add("call", method == null ? "-" : method)
                        .add("wire", head.wire())
                        .add("verb", head.verb())
                        .add("path", printable(head.path()))
                        .add("status", call.status() == 0 ? failed : call.status())
                        .add("code", failure == null ? "OK" : name(failure))
                        .add("ms", TimeUnit.NANOSECONDS.toMillis(nanos))
                        .add("request_id", call.requestId())
                        .add("ended", Outcome.ended(call))
                        .add("trace_id", CallTrace.of(call).map(CallTrace::traceId).orElse(null))
                        .add("key", caller.apply(call).orElse(null));
        if (timeline != null && timeline.messages() > 0) {
            line.add("first_ms", TimeUnit.NANOSECONDS.toMillis(timeline.toFirstMessage()));
            line.add("messages", timeline.messages());
        }
        for (Fact fact : facts) {
            line.add(fact.name(), fact.value().apply(call));
        }
        return line;
    }

    private static String name(ApiError failure) {
        return failure.code() + "/" + failure.reason();
    }

    /** A path is the caller's text: as short and as plain as what is written of it by others. */
    private static String printable(String path) {
        int length = Math.min(path.length(), LONGEST_PATH);
        StringBuilder printable = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = path.charAt(i);
            printable.append(c > ' ' && c < 127 && c != '"' ? c : '?');
        }
        return printable.toString();
    }
}
