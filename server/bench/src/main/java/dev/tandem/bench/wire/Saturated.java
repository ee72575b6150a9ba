package dev.tandem.bench.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * As much as the servers can do: a new call on a stream as soon as the last has ended, slices in
 * turn.
 */
public final class Saturated {
    private static final double RAMP_SECONDS = 0.3;
    private static final int WARM_ROUNDS = 3;

    /** Until so many answers, or so many seconds, a server only gets warm. */
    private static final int WARM_ANSWERS = 400_000;

    private static final double WARM_SECONDS = 20;

    private final String title;
    private final Load load;
    private final int connections;
    private final int streams;
    private final List<Contender> contenders;

    private Saturated(
            String title, Load load, int connections, int streams, List<Contender> contenders) {
        this.title = title;
        this.load = load;
        this.connections = connections;
        this.streams = streams;
        this.contenders = Contender.chosen(contenders);
    }

    /** Unary calls over gRPC. */
    public static Saturated unary() {
        return new Saturated(
                "Unary calls over gRPC, 50 at once on one connection",
                BenchLoad.unary(),
                1,
                50,
                List.of(Contender.TANDEM, Contender.TANDEM_WITHOUT_LOG, Contender.GRPC_JAVA));
    }

    /** Streams over gRPC. */
    public static Saturated streams() {
        return new Saturated(
                "Streams of 200 tokens over gRPC, 50 at once on one connection",
                new BenchLoad(Load.Wire.GRPC, 200, 0),
                1,
                50,
                List.of(Contender.TANDEM, Contender.GRPC_JAVA));
    }

    /** Streams of events over HTTP/1.1. */
    public static Saturated events() {
        return new Saturated(
                "Streams of 200 events over HTTP/1.1, 50 connections",
                new BenchLoad(Load.Wire.EVENTS, 200, 0),
                50,
                1,
                List.of(Contender.TANDEM, Contender.NETTY));
    }

    /** Streams of events over HTTP/2. */
    public static Saturated eventsHttp2() {
        return new Saturated(
                "Streams of 200 events over HTTP/2, 50 at once on one connection",
                new BenchLoad(Load.Wire.EVENTS_HTTP2, 200, 0),
                1,
                50,
                List.of(Contender.TANDEM));
    }

    /** Measures and prints a table. */
    public void run(int rounds, double seconds, List<String> options) throws IOException {
        Map<Contestant, List<Slice>> slices = new LinkedHashMap<>();
        try {
            for (Contender contender : contenders) {
                Contestant contestant =
                        new Contestant(contender, load, connections, streams, options);
                slices.put(contestant, new ArrayList<>());
                contestant.warm(
                        WARM_ANSWERS,
                        WARM_SECONDS); // at once: a connection that says nothing is closed
            }
            List<Contestant> order = new ArrayList<>(slices.keySet());
            for (int round = -WARM_ROUNDS; round < rounds; round++) {
                for (Contestant contestant : order) {
                    Slice slice = slice(contestant, seconds);
                    if (round >= 0) {
                        slices.getOrDefault(contestant, List.of()).add(slice);
                    }
                }
                order = order.reversed();
            }
            print(slices);
        } finally {
            for (Contestant contestant : slices.keySet()) {
                contestant.close();
            }
        }
    }

    private static Slice slice(Contestant contestant, double seconds) throws IOException {
        contestant.client().begin();
        contestant.client().run(RAMP_SECONDS);
        Slice slice = contestant.slice(seconds);
        contestant.finish();
        return slice;
    }

    private void print(Map<Contestant, List<Slice>> measured) {
        Figures.row("%n%s. Load %s.%n", title, Figures.load());
        Figures.row(
                "| | a second, median (best) | server CPU µs each, median (best) | bytes allocated each | client CPU µs each |");
        Figures.row("| --- | --- | --- | --- | --- |");
        measured.forEach((contestant, slices) ->
                Figures.row(
                        "| %s | %,.0f (%,.0f) | %.2f (%.2f) | %,.0f | %.2f |",
                        contestant.title(),
                        Figures.median(slices, Slice::unitsPerSecond),
                        Figures.most(slices, Slice::unitsPerSecond),
                        Figures.median(slices, Slice::cpuMicrosPerUnit),
                        Figures.least(slices, Slice::cpuMicrosPerUnit),
                        Figures.median(slices, Slice::bytesPerUnit),
                        Figures.median(slices, Slice::clientMicrosPerUnit)));
    }
}
