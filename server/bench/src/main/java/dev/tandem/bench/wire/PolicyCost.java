package dev.tandem.bench.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What all policies together cost: the gateway with all of them, beside its handlers with none,
 * slices in turns.
 */
public final class PolicyCost {
    private static final double RAMP_SECONDS = 0.3;
    private static final int WARM_ROUNDS = 1;
    private static final long WARM_UNITS = 400_000;
    private static final double WARM_SECONDS = 8;
    private static final int MANY = 50;

    /** So long that what is done once a call is little of a token's share. */
    private static final int TOKENS = 2_000;

    private final int rounds;
    private final double seconds;

    /**
     * @param seconds of a slice
     */
    public PolicyCost(int rounds, double seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** What one server did in a slice, and how long its calls took in the middle of all. */
    private record Turn(Slice slice, double p50) {}

    /** The slices of both, in pairs: what was measured at the same time is compared. */
    private record Pairs(List<Turn> bare, List<Turn> guarded) {
        double bare(ToDoubleFunction<Turn> of) {
            return median(bare.stream().mapToDouble(of).toArray());
        }

        double guarded(ToDoubleFunction<Turn> of) {
            return median(guarded.stream().mapToDouble(of).toArray());
        }

        double more(ToDoubleFunction<Turn> of) {
            double[] each = new double[bare.size()];
            for (int i = 0; i < each.length; i++) {
                each[i] = of.applyAsDouble(guarded.get(i)) - of.applyAsDouble(bare.get(i));
            }
            return median(each);
        }

        private static double median(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }
    }

    /** Measures over gRPC and over REST, and prints a table. */
    public void run(List<String> options) throws IOException {
        Figures.row("%nWhat all policies cost. Load %s.%n", Figures.load());
        Figures.row("| | no policy | all policies | more |");
        Figures.row("| --- | --- | --- | --- |");
        try (SpanSink receiver = SpanSink.start()) {
            List<String> all = new ArrayList<>(options);
            all.add(receiver.option());
            try (ServerProcess bare = ServerProcess.start(Contender.GATEWAY_BARE, options);
                    ServerProcess guarded = ServerProcess.start(Contender.GATEWAY, all)) {
                wire("gRPC", Load.Wire.GRPC, bare, guarded);
                wire("REST", Load.Wire.EVENTS, bare, guarded);
            }
        }
        Figures.row("%nLoad %s at the end.", Figures.load());
    }

    private void wire(String name, Load.Wire wire, ServerProcess bare, ServerProcess guarded)
            throws IOException {
        Pairs alone = pairs(new ChatLoad(wire, 0), 1, bare, guarded);
        row(name + ", one call at a time: p50, µs", "%,.1f", alone, Turn::p50);
        Pairs many = pairs(new ChatLoad(wire, 0), MANY, bare, guarded);
        row(name + ", " + MANY + " at once: calls a second", "%,.0f", many, PolicyCost::rate);
        row(name + ": server CPU µs a call", "%,.1f", many, PolicyCost::cpu);
        row(name + ": bytes allocated a call", "%,.0f", many, PolicyCost::bytes);
        Pairs tokens = pairs(new ChatLoad(wire, TOKENS), MANY, bare, guarded);
        row(name + ", " + MANY + " streams: tokens a second", "%,.0f", tokens, PolicyCost::rate);
        row(name + ": server CPU µs a token", "%,.2f", tokens, PolicyCost::cpu);
        row(name + ": bytes allocated a token", "%,.0f", tokens, PolicyCost::bytes);
    }

    private static double rate(Turn turn) {
        return turn.slice().unitsPerSecond();
    }

    private static double cpu(Turn turn) {
        return turn.slice().cpuMicrosPerUnit();
    }

    private static double bytes(Turn turn) {
        return turn.slice().bytesPerUnit();
    }

    private static void row(String name, String form, Pairs pairs, ToDoubleFunction<Turn> of) {
        String row = "| %s | " + form + " | " + form + " | " + form + " |";
        Figures.row(row, name, pairs.bare(of), pairs.guarded(of), pairs.more(of));
    }

    private Pairs pairs(Load load, int atOnce, ServerProcess bare, ServerProcess guarded)
            throws IOException {
        Pairs pairs = new Pairs(new ArrayList<>(), new ArrayList<>());
        try (Client toBare = client(bare, load, atOnce);
                Client toGuarded = client(guarded, load, atOnce)) {
            Contestant one = new Contestant(bare, toBare);
            Contestant other = new Contestant(guarded, toGuarded);
            one.warm(WARM_UNITS, WARM_SECONDS);
            other.warm(WARM_UNITS, WARM_SECONDS);
            for (int round = -WARM_ROUNDS; round < rounds; round++) {
                boolean bareFirst = round % 2 == 0;
                Turn first = turn(bareFirst ? one : other);
                Turn second = turn(bareFirst ? other : one);
                if (round >= 0) {
                    pairs.bare().add(bareFirst ? first : second);
                    pairs.guarded().add(bareFirst ? second : first);
                }
            }
        }
        return pairs;
    }

    private static Client client(ServerProcess server, Load load, int atOnce) throws IOException {
        boolean shared = load.wire() != Load.Wire.EVENTS;
        return new Client(server.port(), load, shared ? 1 : atOnce, shared ? atOnce : 1);
    }

    private Turn turn(Contestant contestant) throws IOException {
        Client client = contestant.client();
        client.begin();
        client.run(RAMP_SECONDS);
        client.tally().forgetDelays();
        Slice slice = contestant.slice(seconds);
        double p50 = client.tally().delay(0.5) / 1e3;
        contestant.finish();
        return new Turn(slice, p50);
    }
}
