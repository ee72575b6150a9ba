package dev.tandem.bench.hop;

import dev.tandem.bench.hop.Gateways.Gateway;
import dev.tandem.bench.wire.ChatLoad;
import dev.tandem.bench.wire.Client;
import dev.tandem.bench.wire.Load;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * A load that every gateway gets.
 *
 * @param title for people
 * @param tokens of each stream; 0 for whole answers
 * @param everyMillis their distance; 0 for as fast as they are taken
 * @param atOnce how many calls are under way
 */
record Scenario(String title, int tokens, int everyMillis, int atOnce) {
    static final Scenario UNARY = new Scenario("Whole answers, 50 at once", 0, 0, 50);
    static final Scenario STREAMS =
            new Scenario("Streams of 64 events, as fast as they go, 50 at once", 64, 0, 50);
    static final Scenario SLOW_STREAMS =
            new Scenario("500 slow streams at once, an event each 20 ms", 64, 20, 500);
    static final Scenario MANY_STREAMS =
            new Scenario("1,000 slow streams at once, an event each 50 ms", 64, 50, 1000);

    private static final double RAMP_SECONDS = 0.3;

    /** The same with fewer calls at once. */
    Scenario atOnce(int other) {
        return new Scenario(title, tokens, everyMillis, other);
    }

    /** Longer than this after it was due, a token is late: then the next of its stream is due. */
    long lateNanos() {
        return everyMillis == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(everyMillis);
    }

    /** A slice; its calls are complete before the next gateway's turn. */
    Turn measure(Gateway gateway, double seconds) throws IOException {
        boolean shared = gateway.hop().wire() == Load.Wire.GRPC;
        int streams = shared ? Math.min(atOnce, 100) : 1;
        ChatLoad load = new ChatLoad(gateway.hop().wire(), tokens, everyMillis);
        try (Client client = new Client(gateway.port(), load, atOnce / streams, streams)) {
            client.begin();
            client.run(everyMillis == 0 ? RAMP_SECONDS : 2 * RAMP_SECONDS);
            client.tally().forgetDelays();
            long units = client.tally().units();
            long cpu = gateway.process().cpuNanos();
            long begin = System.nanoTime();
            client.run(seconds);
            long nanos = System.nanoTime() - begin;
            Turn turn =
                    new Turn(
                            client.tally().units() - units,
                            nanos,
                            gateway.process().cpuNanos() - cpu,
                            client.tally().delay(0.5),
                            client.tally().delay(0.99),
                            client.tally().later(lateNanos()),
                            client.tally().delays());
            client.finish();
            return turn;
        } catch (IllegalStateException e) {
            throw new IllegalStateException(gateway.hop().title() + ": " + e.getMessage(), e);
        }
    }
}
