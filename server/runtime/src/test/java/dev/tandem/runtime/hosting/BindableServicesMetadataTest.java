package dev.tandem.runtime.hosting;

import static dev.tandem.runtime.hosting.Echo.HELLO;
import static dev.tandem.runtime.hosting.Echo.echo;
import static dev.tandem.runtime.hosting.Echo.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.Code;
import dev.tandem.test.v1.EchoRequest;
import dev.tandem.test.v1.EchoResponse;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Headers as grpc-java's metadata and back. */
@Timeout(30)
class BindableServicesMetadataTest {
    @Test
    void metadataComesAndGoes() throws Exception {
        Metadata.Key<byte[]> binary =
                Metadata.Key.of("x-trace-bin", Metadata.BINARY_BYTE_MARSHALLER);
        Metadata.Key<String> text = Metadata.Key.of("x-text", Metadata.ASCII_STRING_MARSHALLER);
        ServerInterceptor returns =
                new ServerInterceptor() {
                    @Override
                    public <A, B> ServerCall.Listener<A> interceptCall(
                            ServerCall<A, B> call, Metadata got, ServerCallHandler<A, B> next) {
                        assertThat(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR))
                                .isInstanceOf(InetSocketAddress.class);
                        Metadata back = new Metadata();
                        for (byte[] value : Objects.requireNonNull(got.getAll(binary))) {
                            back.put(binary, value);
                        }
                        back.put(text, got.get(text) + "é\n");
                        call.sendHeaders(back);
                        return next.startCall(
                                new io.grpc.ForwardingServerCall.SimpleForwardingServerCall<>(
                                        call) {
                                    @Override
                                    public void sendHeaders(Metadata headers) {}
                                },
                                got);
                    }
                };
        Echo plain = (request, observer, _) -> reply(observer, "");
        ServerServiceDefinition service =
                ServerInterceptors.intercept(plain.bindService(), returns);
        try (LocalCall<EchoRequest, EchoResponse> call =
                new LocalCall<>(
                        new BindableServices().host(service),
                        "Echo",
                        Map.of(
                                "x-trace-bin", List.of("AQI,AwQ="),
                                "x-text", List.of("a"),
                                "not!agrpc*name", List.of("x")))) {
            call.sends(HELLO).ends().start();
            assertThat(call.end()).isEmpty();
            assertThat(call.call().answer().headers())
                    .containsExactlyInAnyOrder(
                            new Answer.Field("x-trace-bin", "AQI"),
                            new Answer.Field("x-trace-bin", "AwQ"),
                            new Answer.Field("x-text", "a??"));
        }
    }

    @Test
    void aBinaryHeaderThatIsNotBase64IsTheCallersFault() throws Exception {
        Map<String, List<String>> headers = Map.of("x-trace-bin", List.of("?"));
        try (var call = echo((request, observer, _) -> {}, headers)) {
            call.sends(HELLO).ends().start();
            assertThat(call.end().orElseThrow().code()).isEqualTo(Code.INVALID_REQUEST);
        }
    }
}
