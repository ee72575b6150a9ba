package dev.tandem.bench.wire;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Numbers for the tables. */
public final class Figures {
    private Figures() {}

    static double median(Collection<Slice> slices, ToDoubleFunction<Slice> of) {
        double[] sorted = slices.stream().mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    static double least(Collection<Slice> slices, ToDoubleFunction<Slice> of) {
        return slices.stream().mapToDouble(of).min().orElseThrow();
    }

    static double most(Collection<Slice> slices, ToDoubleFunction<Slice> of) {
        return slices.stream().mapToDouble(of).max().orElseThrow();
    }

    /** The machine's load average. */
    public static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Prints a line. */
    public static void row(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
