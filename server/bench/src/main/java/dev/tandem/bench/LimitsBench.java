package dev.tandem.bench;

import dev.tandem.runtime.admission.Admission;
import dev.tandem.runtime.admission.Capacity;
import dev.tandem.runtime.admission.Guest;
import dev.tandem.runtime.admission.Ticket;
import dev.tandem.runtime.limits.Charge;
import dev.tandem.runtime.limits.Hold;
import dev.tandem.runtime.limits.Limit;
import dev.tandem.runtime.limits.MemoryStore;
import dev.tandem.runtime.limits.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What limits and places cost a call; a streamed token costs neither anything. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LimitsBench {
    private static final long PLENTY = Long.MAX_VALUE / 4;

    private final MemoryStore store = new MemoryStore();
    private final Admission admission = new Admission(Capacity.of(1000, 1000));
    private final List<Charge> charges = charges();
    private final long[] taken = new long[charges.size()];

    /** All four limits of a caller, of a model and of the server. */
    private static List<Charge> charges() {
        List<Charge> charges = new ArrayList<>();
        for (String account : List.of("caller:a", "model:b", "server")) {
            charges.add(charge(account, Limit.REQUESTS, Span.AT_ONCE, 1));
            charges.add(charge(account, Limit.REQUESTS, Span.MINUTE, 1));
            charges.add(charge(account, "tokens", Span.MINUTE, 1200));
            charges.add(charge(account, "tokens", Span.DAY, 1200));
        }
        return charges;
    }

    private static Charge charge(String account, String amount, Span span, long howMuch) {
        return new Charge(account, account, new Limit(amount, span, PLENTY), howMuch);
    }

    /** Twelve limits reserved and settled, in memory. */
    @Benchmark
    public void twelveLimits() {
        Hold hold = Objects.requireNonNull(store.reserve(charges).hold());
        store.settle(hold, taken);
    }

    /** A place taken and given back, where there is one. */
    @Benchmark
    public void place() {
        try (Ticket ticket = admission.join("a", 1, null, Guest.SILENT)) {
            Objects.requireNonNull(ticket);
        }
    }
}
