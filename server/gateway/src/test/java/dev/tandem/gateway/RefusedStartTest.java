package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.limits.Charge;
import dev.tandem.runtime.limits.Hold;
import dev.tandem.runtime.limits.LimitStore;
import dev.tandem.runtime.limits.MemoryStore;
import dev.tandem.runtime.limits.Reservation;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The store that counts limits, a connection to Redis perhaps, does not outlive a start that fails.
 */
class RefusedStartTest {
    private final AtomicInteger closed = new AtomicInteger();

    private final LimitStore store =
            new LimitStore() {
                private final MemoryStore memory = new MemoryStore();

                @Override
                public Reservation reserve(List<Charge> charges) {
                    return memory.reserve(charges);
                }

                @Override
                public void settle(Hold hold, long[] taken) {
                    memory.settle(hold, taken);
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };

    @Test
    void itIsClosedWhereThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> open(taken.getLocalPort()))
                    .isInstanceOf(RuntimeException.class);
        }
        assertThat(closed).hasValue(1);
    }

    @Test
    void itStaysOpenWhereTheServerStarts() {
        open(0);
        assertThat(closed).hasValue(0);
    }

    private void open(int port) {
        try (ScriptedEngine engine = new ScriptedEngine(Script.saying("a"));
                var _ =
                        Main.open(
                                store,
                                counting ->
                                        new Gateway(
                                                        settings(port),
                                                        models(engine),
                                                        (call, took) -> {},
                                                        counting)
                                                .start())) {
            assertThat(closed).hasValue(0);
        }
    }

    private static Models models(ScriptedEngine engine) {
        return new Models(
                List.of(new ServedModel("tiny", engine, "tiny", Instant.EPOCH)), Map.of());
    }

    private static GatewaySettings settings(int port) {
        return GatewaySettings.ofLoopback().with(Listening.onLoopback(port));
    }
}
