package dev.tandem.runtime.observe;

import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.call.Call;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one wants to see of a server.
 *
 * @param metrics is there {@code /metrics}? There is unless told otherwise
 * @param traces where spans go; empty, the default, where none are made
 * @param version of the program, for metrics and traces
 * @param labels more labels of the metrics of calls
 * @param facts more fields of the line of a call
 * @param caller the name of who calls, for metrics and the log, where it is known; never a
 *     credential
 */
public record ObserveSettings(
        boolean metrics,
        Optional<TraceSettings> traces,
        String version,
        List<Label> labels,
        List<Fact> facts,
        Function<Call, Optional<String>> caller) {

    public ObserveSettings {
        labels = List.copyOf(labels);
        facts = List.copyOf(facts);
    }

    /** Metrics, no traces; callers by the names of their keys and tokens. */
    public static ObserveSettings defaults() {
        return new ObserveSettings(
                true,
                Optional.empty(),
                "unknown",
                List.of(),
                List.of(),
                call -> Caller.of(call).known());
    }

    /** With metrics or without. */
    public ObserveSettings withMetrics(boolean on) {
        return new ObserveSettings(on, traces, version, labels, facts, caller);
    }

    /** With traces. */
    public ObserveSettings withTraces(Optional<TraceSettings> settings) {
        return new ObserveSettings(metrics, settings, version, labels, facts, caller);
    }

    /** Of a program of this version. */
    public ObserveSettings withVersion(String program) {
        return new ObserveSettings(metrics, traces, program, labels, facts, caller);
    }

    /** With more that the services know. */
    public ObserveSettings withServices(List<Label> more, List<Fact> told) {
        return new ObserveSettings(metrics, traces, version, more, told, caller);
    }

    /** With the names of callers. */
    public ObserveSettings withCaller(Function<Call, Optional<String>> name) {
        return new ObserveSettings(metrics, traces, version, labels, facts, name);
    }
}
