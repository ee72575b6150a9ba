package dev.tandem.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tandem.runtime.Server;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the server allocates for each answer, the making of its message included. The client is on
 * the test's thread and does not count. docs/performance.md has what a warm server needs; the
 * limits here leave room for code that is not compiled yet.
 */
class AllocationTest {
    private static final ThreadMXBean THREADS =
            ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final int TOKENS = 200;
    private static final int MANY_TOKENS = 2_000; // what a call allocates is little of a token's
    private static final int STREAMS = 10;
    private static final int WINDOWS = 40;

    /** A line for each of thousands of calls says nothing in a build. */
    @BeforeAll
    static void logNoCalls() throws IOException {
        ServerMain.setUpLog("quiet.properties");
    }

    @Test
    void aTokenOverGrpc() throws IOException {
        holds(1_400, new BenchLoad(Load.Wire.GRPC, TOKENS, 0), 1, 50_000);
    }

    @Test
    void anEventOverHttp1() throws IOException {
        holds(1_800, new BenchLoad(Load.Wire.EVENTS, TOKENS, 0), STREAMS, 50_000);
    }

    @Test
    void anEventOverHttp2() throws IOException {
        holds(2_600, new BenchLoad(Load.Wire.EVENTS_HTTP2, TOKENS, 0), 1, 50_000);
    }

    @Test
    void aUnaryCallOverGrpc() throws IOException {
        holds(24_000, BenchLoad.unary(), 1, 5_000);
    }

    @Test
    void aTokenOverGrpcBehindAllPolicies() throws IOException {
        holdsWithAll(1_600, new ChatLoad(Load.Wire.GRPC, MANY_TOKENS), 1, 50_000);
    }

    @Test
    void anEventOverHttp1BehindAllPolicies() throws IOException {
        holdsWithAll(2_000, new ChatLoad(Load.Wire.EVENTS, MANY_TOKENS), STREAMS, 50_000);
    }

    @Test
    void aUnaryCallOverGrpcBehindAllPolicies() throws IOException {
        holdsWithAll(60_000, new ChatLoad(Load.Wire.GRPC, 0), 1, 5_000);
    }

    /** The least of many windows counts: code allocates more until it is compiled. */
    private static void holds(long limit, Load load, int connections, int answers)
            throws IOException {
        try (Server server = new TandemServer().start()) {
            holds(limit, server, load, connections, answers);
        }
    }

    /** The same of the gateway with all its policies. */
    private static void holdsWithAll(long limit, Load load, int connections, int answers)
            throws IOException {
        try (SpanSink receiver = SpanSink.start();
                Server server =
                        GatewayServer.guarded(receiver.address(), GatewayServer.usual(), 0)) {
            holds(limit, server, load, connections, answers);
        }
    }

    private static void holds(long limit, Server server, Load load, int connections, int answers)
            throws IOException {
        long least = Long.MAX_VALUE;
        try (Client client = new Client(server.port(), load, connections, STREAMS / connections)) {
            client.begin();
            for (int i = 0; i < WINDOWS && least >= limit; i++) {
                least = Math.min(least, bytesEach(client, answers));
            }
            client.finish();
        }
        assertThat(least).isLessThan(limit);
    }

    private static long bytesEach(Client client, int answers) throws IOException {
        long begin = client.tally().units();
        long before = allocatedByOthers();
        receive(client, answers);
        return (allocatedByOthers() - before) / (client.tally().units() - begin);
    }

    private static void receive(Client client, int answers) throws IOException {
        long until = client.tally().units() + answers;
        client.runUntil(() -> client.tally().units() >= until);
    }

    private static long allocatedByOthers() {
        return THREADS.getTotalThreadAllocatedBytes() - THREADS.getCurrentThreadAllocatedBytes();
    }
}
