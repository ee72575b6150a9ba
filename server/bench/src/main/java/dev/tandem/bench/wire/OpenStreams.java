package dev.tandem.bench.wire;

import java.io.IOException;
import java.util.List;

/**
 * What 10,000 open streams cost the server: each gets a token a second, and each must have all of
 * its tokens in the end.
 */
public final class OpenStreams {
    private static final int STREAMS = 10_000;
    private static final int TOKENS = 20;
    private static final int EVERY_MILLIS = 1000;
    private static final int STREAMS_A_CONNECTION = 100;
    private static final double SETTLE_SECONDS = 3;
    private static final double SECONDS = 6;
    private static final double MEGABYTE = 1 << 20;

    private final String title;
    private final Load.Wire wire;
    private final int connections;
    private final List<Contender> contenders;

    private OpenStreams(String title, Load.Wire wire, int connections, List<Contender> contenders) {
        this.title = title;
        this.wire = wire;
        this.connections = connections;
        this.contenders = Contender.chosen(contenders);
    }

    /** Over gRPC. */
    public static OpenStreams streams() {
        return new OpenStreams(
                "10,000 open gRPC streams on 100 connections, a token a second each",
                Load.Wire.GRPC,
                STREAMS / STREAMS_A_CONNECTION,
                List.of(Contender.TANDEM, Contender.GRPC_JAVA));
    }

    /** Over HTTP/1.1. */
    public static OpenStreams events() {
        return new OpenStreams(
                "10,000 open HTTP/1.1 connections, an event a second each",
                Load.Wire.EVENTS,
                STREAMS,
                List.of(Contender.TANDEM, Contender.NETTY));
    }

    /** Measures one server after the other and prints a table. */
    public void run(List<String> options) throws IOException {
        Figures.row("%n%s. Load %s.%n", title, Figures.load());
        Figures.row(
                "| | resident MB | of it heap in use, after a collection | KB heap a stream | delay ms, p50 | p99 | server CPU µs a token |");
        Figures.row("| --- | --- | --- | --- | --- | --- | --- |");
        for (Contender contender : contenders) {
            measure(contender, options);
        }
    }

    private void measure(Contender contender, List<String> options) throws IOException {
        Load load = new BenchLoad(wire, TOKENS, EVERY_MILLIS);
        try (Contestant contestant =
                new Contestant(contender, load, connections, STREAMS / connections, options)) {
            Client client = contestant.client();
            long bare = contestant.server().collected().heapBytes();
            client.begin();
            client.runUntil(() -> client.tally().units() >= STREAMS);
            client.run(SETTLE_SECONDS);
            client.tally().forgetDelays();
            Slice slice = contestant.slice(SECONDS);
            long resident = contestant.server().resident();
            double p50 = client.tally().delay(0.5) / 1e6;
            double p99 = client.tally().delay(0.99) / 1e6;
            long heap = contestant.server().collected().heapBytes();
            contestant.finish();
            Figures.row(
                    "| %s | %,.0f | %,.0f | %.1f | %.1f | %.1f | %.1f |",
                    contender.title(),
                    resident / MEGABYTE,
                    heap / MEGABYTE,
                    (heap - bare) / 1024.0 / STREAMS,
                    p50,
                    p99,
                    slice.cpuMicrosPerUnit());
        }
    }
}
