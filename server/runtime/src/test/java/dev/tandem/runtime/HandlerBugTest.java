package dev.tandem.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.wire.port.LogCapture;
import dev.tandem.test.v1.Form;
import dev.tandem.test.v1.FormServiceGrpc;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a handler throws that is no ApiException is a defect: the caller hears 500 and the
 * request's id, the log all of it.
 */
class HandlerBugTest {
    private static final String ID = "req_mine";
    private static final Metadata.Key<String> ID_HEADER =
            Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

    /** A status is what another server said, and not for this one's callers. */
    enum Bug {
        UNCHECKED,
        CHECKED,
        STATUS,
        CHECKED_STATUS,
        ASSERTION,
        LINKAGE,
        DEEP;

        void strike() throws Exception {
            String secret = "a secret of ours";
            switch (this) {
                case UNCHECKED -> throw new IllegalStateException(secret);
                case CHECKED -> throw new IOException(secret);
                case STATUS -> throw Status.NOT_FOUND.withDescription(secret).asRuntimeException();
                case CHECKED_STATUS ->
                        throw new StatusException(Status.UNAUTHENTICATED.withDescription(secret));
                case ASSERTION -> throw new AssertionError(secret);
                case LINKAGE -> throw new NoClassDefFoundError(secret);
                case DEEP -> throw new StackOverflowError(secret);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isA500OnEachWire(Bug bug) {
        try (Server server = server(bug);
                LogCapture log = LogCapture.start()) {
            for (Version version : Version.values()) {
                told(500, send(version, server, "/f/send", "application/json", "{}"));
                told(500, send(version, server, "/f/watch", "application/json", "{}"));
                told(500, send(version, server, method("Send"), "application/json", "{}"));
                told(
                        500,
                        send(
                                version,
                                server,
                                method("Send"),
                                "application/json",
                                "{}",
                                "connect-protocol-version",
                                "1"));
                told(
                        200,
                        send(
                                version,
                                server,
                                method("Watch"),
                                "application/connect+json",
                                "\0\0\0\0\2{}"));
                RawAnswer web =
                        send(
                                version,
                                server,
                                method("Send"),
                                "application/grpc-web+proto",
                                "\0\0\0\0\0");
                told(200, web);
                assertThat(web.text()).contains("grpc-status: 13");
            }
            assertThat(log.text().split(ID, -1)).hasSizeGreaterThan(12);
            assertThat(log.text()).contains("secret");
        }
    }

    @ParameterizedTest
    @EnumSource
    void isInternalOverGrpc(Bug bug) throws Exception {
        try (Server server = server(bug);
                LogCapture log = LogCapture.start()) {
            ManagedChannel channel =
                    NettyChannelBuilder.forAddress("localhost", server.port())
                            .usePlaintext()
                            .build();
            Metadata headers = new Metadata();
            headers.put(ID_HEADER, ID);
            FormServiceGrpc.FormServiceBlockingStub stub =
                    FormServiceGrpc.newBlockingStub(
                            ClientInterceptors.intercept(
                                    channel, MetadataUtils.newAttachHeadersInterceptor(headers)));
            StatusRuntimeException failure =
                    catchThrowableOfType(
                            StatusRuntimeException.class,
                            () -> stub.send(Form.getDefaultInstance()));
            channel.shutdownNow();

            assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
            assertThat(failure.getMessage()).doesNotContain("secret");
            assertThat(requireNonNull(failure.getTrailers()).get(ID_HEADER)).isEqualTo(ID);
            assertThat(log.text()).contains(ID, "secret");
        }
    }

    private static void told(int status, RawAnswer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.text())
                .doesNotContain("secret")
                .doesNotContain("Exception")
                .doesNotContain("Error:");
        assertThat(answer.headers().toString() + answer.text()).contains(ID);
    }

    private static String method(String name) {
        return "/tandem.test.v1.FormService/" + name;
    }

    private static RawAnswer send(
            Version version, Server server, String path, String type, String body, String... more) {
        String[] headers = new String[more.length + 4];
        headers[0] = "content-type";
        headers[1] = type;
        headers[2] = "x-request-id";
        headers[3] = ID;
        System.arraycopy(more, 0, headers, 4, more.length);
        return RawAnswer.to(
                version,
                server.port(),
                "POST",
                path,
                body.getBytes(StandardCharsets.ISO_8859_1),
                headers);
    }

    private static Server server(Bug bug) {
        Service service =
                Service.of(FormServiceGrpc.getServiceDescriptor())
                        .unary(
                                FormServiceGrpc.getSendMethod(),
                                (form, call) -> {
                                    bug.strike();
                                    return form;
                                })
                        .stream(
                                FormServiceGrpc.getWatchMethod(),
                                (form, sink, call) -> bug.strike())
                        .unary(FormServiceGrpc.getStrictMethod(), (form, call) -> form)
                        .build();
        return Server.builder().service(service).drainLimit(Duration.ZERO).start();
    }
}
