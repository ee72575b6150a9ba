package dev.tandem.routing;

import dev.tandem.v1.Usage;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what an engine does. For all threads. */
final class Tally {
    final LongAdder requests = new LongAdder();
    final LongAdder retried = new LongAdder();
    final LongAdder promptTokens = new LongAdder();
    final LongAdder completionTokens = new LongAdder();
    final LongAdder begun = new LongAdder();
    final LongAdder firstNanos = new LongAdder();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

    void failed(String reason) {
        failures.computeIfAbsent(reason, _ -> new LongAdder()).increment();
    }

    void first(long nanos) {
        begun.increment();
        firstNanos.add(nanos);
    }

    void took(Usage usage) {
        promptTokens.add(usage.getPromptTokens());
        completionTokens.add(usage.getCompletionTokens());
    }

    void read(int tokens) {
        promptTokens.add(tokens);
    }

    Map<String, Long> failures() {
        Map<String, Long> told = new TreeMap<>();
        failures.forEach((reason, count) -> told.put(reason, count.sum()));
        return told;
    }
}
