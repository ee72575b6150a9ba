package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.grpc.Probe;
import dev.tandem.runtime.wire.port.LogCapture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A deadline that passes while the client still sends: it is told then, not when the body ends. */
class UploadDeadlineTest {
    private static final String COLLECT = "/tandem.test.v1.ProbeService/Collect";
    private static final String ECHO = "/tandem.test.v1.ProbeService/Echo";

    /** The beginning of a message that never ends. */
    private static final byte[] PIECE = {0, 0, 0, 16, 0};

    private final LogCapture warnings = LogCapture.start();
    private Server server;

    @BeforeEach
    void start() {
        server =
                Server.builder()
                        .service(new Probe().service())
                        .service(new Echo().service())
                        .drainLimit(Duration.ZERO)
                        .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        assertThat(server.calls().awaitIdle(Duration.ofSeconds(20))).isTrue();
        server.close();
        warnings.close();
        assertThat(warnings.text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        COLLECT + ", application/grpc, grpc-timeout, 300m, grpc-status 4",
        ECHO + ", application/grpc, grpc-timeout, 300m, grpc-status 4",
        COLLECT + ", application/grpc-web, grpc-timeout, 300m, grpc-status: 4",
        ECHO + ", application/grpc-web, grpc-timeout, 300m, grpc-status: 4",
        COLLECT + ", application/connect+proto, connect-timeout-ms, 300, deadline_exceeded",
        ECHO + ", application/proto, connect-timeout-ms, 300, deadline_exceeded",
        "/v1/say, application/json, x-request-timeout, 0.3, deadline_exceeded",
    })
    void overHttp2(String path, String type, String header, String time, String told)
            throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.begin("POST", path, "content-type", type, header, time);
            Thread upload = upload(() -> http.data(PIECE, false));

            String body = http.readAll();
            upload.interrupt();
            upload.join();

            assertThat(http.head() + body).contains(told);
            assertThat(http.awaitReset()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        COLLECT + ", application/grpc-web, grpc-timeout, 300m, grpc-status: 4",
        ECHO + ", application/grpc-web, grpc-timeout, 300m, grpc-status: 4",
        COLLECT + ", application/connect+proto, connect-timeout-ms, 300, deadline_exceeded",
        ECHO + ", application/proto, connect-timeout-ms, 300, deadline_exceeded",
        "/v1/say, application/json, x-request-timeout, 0.3, deadline_exceeded",
    })
    void overHttp1(String path, String type, String header, String time, String told)
            throws InterruptedException {
        try (RawHttp http = new RawHttp(server.port())) {
            http.send(
                    "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n%s: %s\r\n"
                                    .formatted(path, type, header, time)
                            + "Transfer-Encoding: chunked\r\n\r\n");
            Thread upload = upload(() -> http.send("5\r\n\0\0\0\20\0\r\n"));

            http.readUntil(told);
            upload.interrupt();
            upload.join();
        }
    }

    @Test
    void aSilentUploadIsToldAsWell() throws Exception {
        try (RawHttp2 http = new RawHttp2(server.port())) {
            http.begin(
                    "POST",
                    "/v1/say",
                    "content-type",
                    "application/json",
                    "x-request-timeout",
                    "0.3");
            assertThat(http.readAll()).contains("deadline_exceeded");
            assertThat(http.head()).startsWith(":status 504");
            assertThat(http.awaitReset()).isZero();
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Sends a piece now and then until it is interrupted, or the server has ended the stream. */
    private static Thread upload(Step send) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (!Thread.interrupted()) {
                            send.run();
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                        }
                    } catch (IOException | UncheckedIOException e) {
                        // nobody wants the rest
                    }
                });
    }
}
