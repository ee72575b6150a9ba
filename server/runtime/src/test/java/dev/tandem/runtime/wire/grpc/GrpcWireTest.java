package dev.tandem.runtime.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.test.v1.CountRequest;
import dev.tandem.test.v1.EchoResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are gRPC calls, and how the messages of a call are answered. */
class GrpcWireTest extends GrpcWireFixture {
    @Test
    void answersAUnaryCall() throws Exception {
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(Raw.frame(HELLO)));
        assertThat(stream.events()).containsExactly("headers", "data", "trailers");
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.header("content-type")).isEqualTo("application/grpc");
        assertThat(stream.header("x-request-id")).isEqualTo("req_1");
        assertThat(stream.body())
                .isEqualTo(Raw.frame(EchoResponse.newBuilder().setText("hello").build()));
        assertThat(stream.allTrailers()).containsOnlyKeys("grpc-status");
        assertThat(stream.trailer("grpc-status")).isEqualTo("0");
    }

    @Test
    void putsMessagesTogetherFromSingleBytes() throws Exception {
        FakeStream stream = FakeStream.grpc(ECHO);
        for (byte b : Raw.frame(HELLO)) {
            stream.sends(new byte[] {b});
        }
        answer(new Probe(), stream);
        assertThat(stream.trailer("grpc-status")).isEqualTo("0");
        assertThat(stream.body())
                .isEqualTo(Raw.frame(EchoResponse.newBuilder().setText("hello").build()));
    }

    @Test
    void sendsTheMessagesOfAStreamAsTheyCome() throws Exception {
        CountRequest request = CountRequest.newBuilder().setMessages(3).build();
        FakeStream stream = answer(new Probe(), FakeStream.grpc(COUNT).sends(Raw.frame(request)));
        assertThat(stream.events()).containsExactly("headers", "data", "data", "data", "trailers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/grpc-web",
                "application/grpc+thrift",
                "text"
            })
    void refusesOtherContentTypes(String type) throws Exception {
        FakeStream stream = new FakeStream("POST", ECHO).with("content-type", type);
        answer(new Probe(), stream);
        assertThat(stream.status()).isEqualTo(415);
        assertThat(stream.events()).containsExactly("headers+end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/grpc",
                "application/grpc+proto",
                "Application/gRPC",
                "application/grpc; charset=utf-8"
            })
    void takesItsContentTypes(String type) throws Exception {
        FakeStream stream = new FakeStream("POST", ECHO).with("content-type", type);
        answer(new Probe(), stream.sends(Raw.frame(HELLO)));
        assertThat(stream.trailer("grpc-status")).isEqualTo("0");
    }

    @Test
    void ownsNativeGrpcOnly() {
        assertThat(owned("application/grpc")).isTrue();
        assertThat(owned("application/grpc+json")).isTrue();
        assertThat(owned("application/grpc;x=y")).isTrue();
        assertThat(owned("application/grpc-web+proto")).isFalse();
        assertThat(owned("application/json")).isFalse();
        assertThat(owned("")).isFalse();
    }

    private boolean owned(String type) {
        FakeStream stream = new FakeStream("POST", ECHO).with("content-type", type);
        return wire(new Probe(), List.of()).owns("POST", ECHO, stream.headers());
    }

    @Test
    void speaksJson() throws Exception {
        byte[] json = "{\"text\":\"hello\"}".getBytes(StandardCharsets.UTF_8);
        FakeStream stream =
                new FakeStream("POST", ECHO).with("content-type", "application/grpc+json");
        answer(new Probe(), stream.sends(Raw.frame(0, json)));
        assertThat(stream.header("content-type")).isEqualTo("application/grpc+json");
        assertThat(stream.body()).isEqualTo(Raw.frame(0, json));
        assertThat(stream.trailer("grpc-status")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/no.Service/Echo", "/tandem.test.v1.ProbeService/No", "/", "no/slash"})
    void tellsAnUnknownMethodByStatus12(String path) throws Exception {
        FakeStream stream = answer(new Probe(), FakeStream.grpc(path));
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.events()).containsExactly("headers+end");
        assertThat(stream.trailer("grpc-status")).isEqualTo("12");
        assertThat(stream.header("x-request-id")).isEqualTo("req_1");
    }

    @Test
    void takesPostOnly() throws Exception {
        FakeStream stream = new FakeStream("GET", ECHO).with("content-type", "application/grpc");
        assertThat(answer(new Probe(), stream).status()).isEqualTo(405);
    }

    @Test
    void aPolicyRefusesBeforeTheBodyIsRead() throws Exception {
        Policy closed =
                new Policy() {
                    @Override
                    public void admit(Call call) {
                        throw ApiError.of(Code.UNAUTHENTICATED, "invalid_api_key", "No key.")
                                .toException();
                    }
                };
        FakeStream stream = FakeStream.grpc(ECHO); // no body at all
        handle(new Probe(), stream, List.of(closed));
        assertThat(stream.trailer("grpc-status")).isEqualTo("16");
        FakeStream unknown = FakeStream.grpc("/no.Service/No");
        handle(new Probe(), unknown, List.of(closed));
        assertThat(unknown.trailer("grpc-status")).isEqualTo("16");
    }
}
