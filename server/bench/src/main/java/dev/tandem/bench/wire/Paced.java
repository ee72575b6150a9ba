package dev.tandem.bench.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How late tokens are that come at their own pace: from the moment at which the server's clock was
 * to make the token until the client has its bytes. Slices in turn.
 */
public final class Paced {
    private static final int EVERY_MILLIS = 50;
    private static final int TOKENS = 100;
    private static final double RAMP_SECONDS = 0.5;
    private static final double SECONDS = 4;

    private final String title;
    private final Load.Wire wire;
    private final int connections;
    private final int streams;
    private final List<Contender> contenders;

    private Paced(
            String title,
            Load.Wire wire,
            int connections,
            int streams,
            List<Contender> contenders) {
        this.title = title;
        this.wire = wire;
        this.connections = connections;
        this.streams = streams;
        this.contenders = Contender.chosen(contenders);
    }

    /** Over gRPC. */
    public static Paced streams() {
        return new Paced(
                "1,000 streams of 20 tokens a second over gRPC, 10 connections",
                Load.Wire.GRPC,
                10,
                100,
                List.of(Contender.TANDEM, Contender.GRPC_JAVA));
    }

    /** Over HTTP/1.1. */
    public static Paced events() {
        return new Paced(
                "1,000 streams of 20 events a second over HTTP/1.1, 1,000 connections",
                Load.Wire.EVENTS,
                1000,
                1,
                List.of(Contender.TANDEM, Contender.NETTY));
    }

    private record Delays(double p50, double p99, double p999, Slice slice) {}

    /** Measures and prints a table. */
    public void run(int rounds, List<String> options) throws IOException {
        Load load = new BenchLoad(wire, TOKENS, EVERY_MILLIS);
        Map<Contestant, List<Delays>> delays = new LinkedHashMap<>();
        try {
            for (Contender contender : contenders) {
                delays.put(
                        new Contestant(contender, load, connections, streams, options),
                        new ArrayList<>());
            }
            List<Contestant> order = new ArrayList<>(delays.keySet());
            for (int round = -1; round < rounds; round++) {
                for (Contestant contestant : order) {
                    Delays measured = measure(contestant);
                    if (round >= 0) {
                        delays.getOrDefault(contestant, List.of()).add(measured);
                    }
                }
                order = order.reversed();
            }
            print(delays);
        } finally {
            for (Contestant contestant : delays.keySet()) {
                contestant.close();
            }
        }
    }

    private static Delays measure(Contestant contestant) throws IOException {
        Client client = contestant.client();
        client.begin();
        client.run(RAMP_SECONDS);
        client.tally().forgetDelays();
        Slice slice = contestant.slice(SECONDS);
        Delays delays =
                new Delays(
                        client.tally().delay(0.5) / 1e6,
                        client.tally().delay(0.99) / 1e6,
                        client.tally().delay(0.999) / 1e6,
                        slice);
        contestant.finish();
        return delays;
    }

    private void print(Map<Contestant, List<Delays>> measured) {
        Figures.row("%n%s. Load %s.%n", title, Figures.load());
        Figures.row(
                "| | tokens a second | delay ms, p50 | p99, median (best, worst) | p99.9 | server CPU µs a token |");
        Figures.row("| --- | --- | --- | --- | --- | --- |");
        measured.forEach((contestant, delays) ->
                Figures.row(
                        "| %s | %,.0f | %.2f | %.2f (%.2f, %.2f) | %.2f | %.1f |",
                        contestant.title(),
                        at(0.5, delays, d -> d.slice().unitsPerSecond()),
                        at(0.5, delays, Delays::p50),
                        at(0.5, delays, Delays::p99),
                        at(0, delays, Delays::p99),
                        at(1, delays, Delays::p99),
                        at(0.5, delays, Delays::p999),
                        at(0.5, delays, d -> d.slice().cpuMicrosPerUnit())));
    }

    private static double at(double share, List<Delays> delays, ToDoubleFunction<Delays> of) {
        double[] sorted = delays.stream().mapToDouble(of).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
    }
}
