package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Ports;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are restarted one after the other, under load, lose no unary call. */
@DisabledOnOs(OS.WINDOWS)
class RollingRestartIT {
    private static final int SERVERS = 3;
    private static final int CALLERS = 6;
    private static final int ENOUGH = 2000;
    private static final String JSON =
            "{\"model\": \"tiny\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}";

    private final List<Integer> ports = new ArrayList<>();
    private final List<RestartedServer> servers = new ArrayList<>();
    private final AtomicInteger good = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
    private volatile boolean stop;
    @TempDir Path folder;

    @AfterEach
    void kill() {
        servers.forEach(RestartedServer::kill);
    }

    @Test
    void aGrpcClientThatBalancesLosesNoCall() throws Exception {
        start(Duration.ZERO);
        FixedAddresses names = new FixedAddresses(ports);
        NameResolverRegistry.getDefaultRegistry().register(names);
        ManagedChannel channel =
                NettyChannelBuilder.forTarget("ports:///servers")
                        .usePlaintext()
                        .defaultLoadBalancingPolicy("round_robin")
                        .build();
        try {
            var stub = ChatServiceGrpc.newBlockingStub(channel);
            underLoad(
                    () -> {
                        ChatCompletion answer =
                                stub.withDeadlineAfter(Duration.ofSeconds(20))
                                        .complete(Fixture.request().build());
                        return answer.getChoices(0).getMessage().getContent();
                    },
                    Duration.ZERO);
        } finally {
            channel.shutdownNow();
            NameResolverRegistry.getDefaultRegistry().deregister(names);
        }
    }

    @Test
    void http1ClientsBehindABalancerLoseNoCall() throws Exception {
        Duration delay = Duration.ofSeconds(2); // ten questions of the balancer
        start(delay);
        int port = Ports.free();
        try (HaProxy _ = HaProxy.start(folder, port, ports);
                HttpClient client =
                        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
                            .header("content-type", "application/json")
                            .timeout(Duration.ofSeconds(20))
                            .POST(HttpRequest.BodyPublishers.ofString(JSON))
                            .build();
            Callable<String> call =
                    () -> {
                        HttpResponse<String> answer =
                                client.send(request, HttpResponse.BodyHandlers.ofString());
                        return answer.statusCode() == 200 && answer.body().contains("\"ab\"")
                                ? "ab"
                                : answer.toString() + answer.body();
                    };
            awaitAnswer(call);
            underLoad(call, delay);
        }
    }

    /** Calls all the time while each server is restarted, until there were calls enough. */
    private void underLoad(Callable<String> call, Duration drainDelay) throws Exception {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofPlatform().start(() -> callOn(call)));
        }
        try {
            for (int i = 0; i < SERVERS; i++) {
                int before = good.get();
                servers.get(i).stop();
                servers.set(i, RestartedServer.start(ports.get(i), drainDelay));
                await(before + ENOUGH / SERVERS); // the new one has its share
            }
        } finally {
            stop = true;
            for (Thread caller : callers) {
                caller.join();
            }
        }
        assertThat(lost).isEmpty();
        assertThat(good.get()).isGreaterThanOrEqualTo(ENOUGH);
    }

    @SuppressWarnings("IllegalCatch") // every way to lose a call is one
    private void callOn(Callable<String> call) {
        while (!stop) {
            try {
                String answer = call.call();
                if (answer.equals("ab")) {
                    good.incrementAndGet();
                } else {
                    lost.add(answer);
                }
            } catch (Exception e) {
                lost.add(e.toString());
            }
        }
    }

    private void await(int calls) {
        long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (good.get() < calls && System.nanoTime() < limit) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static void awaitAnswer(Callable<String> call) throws Exception {
        long limit = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            try {
                if (call.call().equals("ab")) {
                    return;
                }
            } catch (IOException e) {
                // not there yet
            }
            assertThat(System.nanoTime()).as("no answer behind the balancer").isLessThan(limit);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private void start(Duration drainDelay) throws IOException {
        for (int i = 0; i < SERVERS; i++) {
            int port = Ports.free();
            ports.add(port);
            servers.add(RestartedServer.start(port, drainDelay));
        }
    }
}
