package dev.tandem.bench.hop;

import dev.tandem.bench.hop.Gateways.Gateway;
import dev.tandem.bench.wire.Figures;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** All gateways under all loads, and the table of it. */
public final class Comparison {
    private static final double MEGABYTE = 1 << 20;
    private static final double WARM_SECONDS =
            Double.parseDouble(System.getProperty("bench.warm", "25"));
    private static final double STEADY_SECONDS = 3;
    private static final double MANY_SECONDS = 6;
    private static final double SLOW_SECONDS = 3;

    private final int rounds;
    private final double seconds;
    private final Set<Hop> hops;

    /**
     * @param seconds of a slice
     * @param only the names of those that are measured; empty for all
     */
    public Comparison(int rounds, double seconds, List<String> only) {
        this.rounds = rounds;
        this.seconds = seconds;
        hops = EnumSet.noneOf(Hop.class);
        for (Hop hop : Hop.values()) {
            if (only.isEmpty() || only.contains(hop.name())) {
                hops.add(hop);
            }
        }
    }

    /** The loads. */
    public enum Part {
        /** Whole answers, saturated. */
        UNARY,
        /** Streams, saturated. */
        STREAMS,
        /** Streams with a pace. */
        SLOW,
        /** A hundred calls a second. */
        STEADY,
        /** A thousand streams with a pace. */
        MANY
    }

    /**
     * Measures and prints a table for each load, and what the processes hold in the end.
     *
     * @param options of Tandem's virtual machine
     */
    public void run(Set<Part> parts, List<String> options) throws IOException {
        try (Gateways gateways = Gateways.start(List.copyOf(hops), options)) {
            List<Gateway> all = gateways.all();
            Figures.row("%nLoad %s at the begin.", Figures.load());
            for (Part part : parts) {
                switch (part) {
                    case UNARY -> saturated(Scenario.UNARY, all);
                    case STREAMS -> saturated(Scenario.STREAMS, all);
                    case SLOW -> slow(Scenario.SLOW_STREAMS, all, SLOW_SECONDS);
                    case STEADY -> steady(all);
                    case MANY -> slow(Scenario.MANY_STREAMS, manageable(all), MANY_SECONDS);
                }
            }
            resident(all);
            Figures.row("%nLoad %s at the end.", Figures.load());
        }
    }

    /** A thousand paced streams are more than one FastAPI worker does, and gRPC is REST's twin. */
    private static List<Gateway> manageable(List<Gateway> all) {
        return all.stream().filter(gateway -> gateway.hop() != Hop.FASTAPI).toList();
    }

    private void saturated(Scenario scenario, List<Gateway> all) throws IOException {
        warm(scenario, all);
        Turns turns = Turns.of(all, rounds, gateway -> scenario.measure(gateway, seconds));
        head(scenario.title(), "a second | gateway CPU µs each | of Envoy's");
        for (Gateway gateway : all) {
            Hop hop = gateway.hop();
            Figures.row(
                    "| %s | %,.0f | %.2f | %s |",
                    hop.title(),
                    turns.median(hop, Turn::unitsPerSecond),
                    turns.median(hop, Turn::cpuMicros),
                    ofEnvoys(turns, hop));
        }
    }

    /** Virtual machines compile what they run often; others get a slice too. */
    private void warm(Scenario scenario, List<Gateway> all) throws IOException {
        if (rounds > 1) {
            Turns.of(
                    all,
                    1,
                    gateway ->
                            scenario.measure(
                                    gateway, gateway.hop().compiles() ? WARM_SECONDS : seconds));
        }
    }

    private void slow(Scenario scenario, List<Gateway> all, double sliceSeconds)
            throws IOException {
        double each = rounds == 1 ? seconds : sliceSeconds;
        warm(scenario, all);
        Turns turns = Turns.of(all, rounds, gateway -> scenario.measure(gateway, each));
        head(
                scenario.title(),
                "a second | gateway CPU µs each | of Envoy's | delay ms, p50 | p99 | late: when the next is due");
        for (Gateway gateway : all) {
            Hop hop = gateway.hop();
            Figures.row(
                    "| %s | %,.0f | %.1f | %s | %.2f | %.2f | %,.0f of %,.0f |",
                    hop.title(),
                    turns.median(hop, Turn::unitsPerSecond),
                    turns.median(hop, Turn::cpuMicros),
                    ofEnvoys(turns, hop),
                    turns.median(hop, Turn::p50Millis),
                    turns.median(hop, Turn::p99Millis),
                    turns.sum(hop, Turn::late),
                    turns.sum(hop, Turn::delays));
        }
    }

    private static String ofEnvoys(Turns turns, Hop hop) {
        double envoys = turns.median(Hop.ENVOY, Turn::cpuMicros);
        return envoys == 0
                ? "–"
                : String.format(Locale.ROOT, "%.2f ×", turns.median(hop, Turn::cpuMicros) / envoys);
    }

    private void steady(List<Gateway> all) throws IOException {
        double each = rounds == 1 ? seconds : STEADY_SECONDS;
        Turns turns = Turns.of(all, rounds, gateway -> SteadyCalls.measure(gateway, each));
        head("Whole answers, 100 a second", "p50 ms | p99 ms | more than direct: p50 | p99");
        for (Gateway gateway : all) {
            Hop hop = gateway.hop();
            Figures.row(
                    "| %s | %.2f | %.2f | %.2f | %.2f |",
                    hop.title(),
                    turns.median(hop, Turn::p50Millis),
                    turns.median(hop, Turn::p99Millis),
                    turns.more(hop, Hop.DIRECT, Turn::p50Millis),
                    turns.more(hop, Hop.DIRECT, Turn::p99Millis));
        }
    }

    private static void resident(List<Gateway> all) throws IOException {
        head("Memory after all that", "resident MB");
        for (Gateway gateway : all) {
            Figures.row(
                    "| %s | %,.0f |",
                    gateway.hop().title(), gateway.process().resident() / MEGABYTE);
        }
    }

    private static void head(String title, String columns) {
        Figures.row("%n%s. Load %s.%n", title, Figures.load());
        Figures.row("| | %s |", columns);
        Figures.row("| ---%s |", " | ---".repeat(columns.split("\\|").length));
    }
}
