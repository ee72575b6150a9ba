package dev.tandem.bench.hop;

import dev.tandem.bench.hop.Gateways.Gateway;
import dev.tandem.bench.wire.ChatLoad;
import dev.tandem.bench.wire.Client;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A hundred whole answers a second, one after the other on one connection. */
final class SteadyCalls {
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int FIRST = 10;

    private SteadyCalls() {}

    static Turn measure(Gateway gateway, double seconds) throws IOException {
        ChatLoad load = new ChatLoad(gateway.hop().wire(), 0);
        int calls = (int) (seconds * 1e9 / PERIOD);
        try (Client client = new Client(gateway.port(), load, 1, 1)) {
            long begin = System.nanoTime();
            long cpu = gateway.process().cpuNanos();
            for (int i = 0; i < FIRST + calls; i++) {
                await(begin + i * PERIOD);
                if (i == FIRST) {
                    client.tally().forgetDelays();
                }
                client.begin();
                client.finish();
            }
            return new Turn(
                    calls,
                    System.nanoTime() - begin,
                    gateway.process().cpuNanos() - cpu,
                    client.tally().delay(0.5),
                    client.tally().delay(0.99),
                    0,
                    client.tally().delays());
        }
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
