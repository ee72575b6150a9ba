package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Service;
import dev.tandem.test.v1.BrokenServiceGrpc;
import dev.tandem.test.v1.CrashingServiceGrpc;
import dev.tandem.test.v1.EchoServiceGrpc;
import dev.tandem.test.v1.SayRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The front door: what stands on the port beside the services, and how it closes. */
class ServerTest extends RestTest {
    private static final long PATIENCE = 20;

    private final AtomicBoolean ready = new AtomicBoolean(true);

    @Override
    ServerBuilder configured(ServerBuilder builder) {
        return builder.ready(ready::get)
                .drainLimit(Duration.ofSeconds(PATIENCE))
                .policies(List.of(new Closed()))
                .allowedHosts(List.of("models.example"))
                .routes(pages -> {
                    pages.get("/page", (request, response) -> response.send("hello"));
                    pages.get(
                            "/crash",
                            (request, response) -> {
                                throw new IllegalStateException("a secret of ours");
                            });
                });
    }

    /** Refuses what asks for it, at the first door. */
    private static final class Closed implements Policy {
        @Override
        public void admit(Call call) {
            if (call.head().header("x-refuse").isPresent()) {
                throw ApiError.of(Code.UNAUTHENTICATED, "invalid_api_key", "No.").toException();
            }
        }
    }

    @Test
    void healthIsAlwaysOkAndReadyIsWhatTheServicesSay() {
        assertThat(get("/health").body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(get("/ready").statusCode()).isEqualTo(200);

        ready.set(false);

        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void pagesStandBehindTheFirstDoorAndFailInTheOneForm() {
        assertThat(get("/page").body()).isEqualTo("hello");
        assertThat(header(get("/page"), "x-request-id")).startsWith("req_");
        assertThat(send(to("/page").header("x-refuse", "1")).statusCode()).isEqualTo(401);
        HttpResponse<String> crash = get("/crash");
        assertThat(crash.statusCode()).isEqualTo(500);
        assertThat(crash.body()).contains("internal_error").doesNotContain("secret");
        assertThat(crash.body()).contains(header(crash, "x-request-id"));
    }

    @Test
    void aRefusalComesBeforeTheBodyIsLookedAt() {
        assertThat(send(json("/v1/say", "nonsense").header("x-refuse", "1")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void onlyKnownHostsAndTheirPagesAreServed() {
        assertThat(withHost("localhost", "")).startsWith("HTTP/1.1 200");
        assertThat(withHost("models.example:" + server.port(), "")).startsWith("HTTP/1.1 200");
        assertThat(withHost("evil.example", ""))
                .startsWith("HTTP/1.1 403")
                .contains("host_not_allowed");
        assertThat(withHost("localhost", "Origin: https://evil.example\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("origin_not_allowed");
        assertThat(withHost("localhost", "Origin: http://localhost:3000\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void probesNeedNoKnownHost() {
        assertThat(
                        RawHttp.exchange(
                                server.port(),
                                "GET /health HTTP/1.1\r\nHost: 10.0.0.7:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void grpcStandsOnTheSamePortUnderTheSameRules() throws Exception {
        ManagedChannel channel = channel();
        try {
            var stub = EchoServiceGrpc.newBlockingStub(channel);
            assertThat(stub.say(SayRequest.newBuilder().setText("hi").build()).getText())
                    .isEqualTo("hi");
            assertThatThrownBy(() -> stub.say(SayRequest.getDefaultInstance()))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e ->
                                    assertThat(e.getStatus().getCode())
                                            .isEqualTo(Status.Code.INVALID_ARGUMENT));
            SayRequest streaming = SayRequest.newBuilder().setText("a").setStream(true).build();
            assertThatThrownBy(() -> stub.say(streaming))
                    .hasMessageContaining("INVALID_ARGUMENT")
                    .hasMessageContaining("streaming method");
        } finally {
            channel.shutdownNow().awaitTermination(PATIENCE, TimeUnit.SECONDS);
        }
    }

    @Test
    void closingWaitsForRunningCalls() throws Exception {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(RawHttp.post("/v1/say", "{\"text\":\"a\",\"script\":\"pause\"}"));
            assertThat(echo.waiting.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();
            Thread closing = Thread.ofVirtual().start(server::close);

            echo.goOn.countDown();

            assertThat(http.readUntil("\"count\":0}")).startsWith("HTTP/1.1 200");
            closing.join(Duration.ofSeconds(PATIENCE));
            assertThat(closing.isAlive()).isFalse();
        }
    }

    @Test
    void closingCancelsCallsThatLastTooLong() throws Exception {
        Echo slow = new Echo();
        Server other =
                Server.builder().service(slow.service()).drainLimit(Duration.ofMillis(50)).start();
        try (RawHttp unary = new RawHttp(other.port());
                RawHttp stream = new RawHttp(other.port())) {
            unary.send(RawHttp.post("/v1/say", "{\"text\":\"a\",\"script\":\"wait\"}"));
            assertThat(slow.waiting.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();
            stream.send(
                    RawHttp.post(
                            "/v1/say",
                            "{\"text\":\"a\",\"stream\":true,\"count\":1,\"script\":\"then-wait\"}"));
            stream.readUntil("\"index\":0");
            assertThat(slow.waiting.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();

            other.close();

            assertThat(unary.readAll()).startsWith("HTTP/1.1 503").contains("server_stopping");
            assertThat(stream.readAll()).contains("data: {\"error\":").contains("server_stopping");
            assertThat(slow.ended).containsExactly(CancelCause.SHUTDOWN, CancelCause.SHUTDOWN);
        }
    }

    @Test
    void aRuleThatDoesNotCompileStopsTheStart() {
        Service broken =
                Service.of(BrokenServiceGrpc.getServiceDescriptor())
                        .unary(BrokenServiceGrpc.getFailMethod(), (request, call) -> request)
                        .build();

        assertThatThrownBy(() -> Server.builder().service(broken).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be compiled");
    }

    @Test
    void aRuleThatFailsToRunIsOurDefect() {
        Service crashing =
                Service.of(CrashingServiceGrpc.getServiceDescriptor())
                        .unary(CrashingServiceGrpc.getCrashMethod(), (request, call) -> request)
                        .build();
        try (Server other = Server.builder().service(crashing).start()) {
            String answer =
                    RawHttp.exchange(
                            other.port(),
                            RawHttp.post("/tandem.test.v1.CrashingService/Crash", "{}")
                                    .replace("Host:", "Connection: close\r\nHost:"));

            assertThat(answer).startsWith("HTTP/1.1 500").contains("internal_error");
        }
    }

    private String withHost(String host, String more) {
        return RawHttp.exchange(
                server.port(),
                "GET /v1/books HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nConnection: close\r\n"
                        + more
                        + "\r\n");
    }

    private ManagedChannel channel() {
        return NettyChannelBuilder.forAddress("localhost", server.port()).usePlaintext().build();
    }
}
