package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only gRPC clients can get wrong. */
class GrpcDoorTest {
    @Test
    void aUnaryCallThatAsksForAStreamIsInvalid() {
        try (Fixture gateway = new Fixture(Script.saying("hi"))) {
            Reply<? extends Message> reply =
                    gateway.call(
                            Way.GRPC_WHOLE,
                            Fixture.request().setStream(true).build(),
                            Caller.PLAIN);

            assertThat(reply.status()).isEqualTo(Code.VALIDATION_FAILED.grpc());
            assertThat(reply.error().param()).isEqualTo("stream");
            assertThat(gateway.engine.runs()).isEmpty();
        }
    }

    @Test
    void aStreamingCallNeedNotSayThatItStreams() {
        try (Fixture gateway = new Fixture(Script.saying("hi"))) {
            assertThat(gateway.call(Way.GRPC_STREAM).ok()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Way.class,
            names = {"GRPC_WHOLE", "GRPC_STREAM"})
    void aRequestThatIsTooLargeIsRefused(Way way) {
        try (Fixture gateway = new Fixture(Script.saying("hi"))) {
            Reply<? extends Message> reply =
                    gateway.call(
                            way,
                            Fixture.request()
                                    .addMessages(Fixture.user("x".repeat(2 << 20)))
                                    .build(),
                            Caller.PLAIN);

            assertThat(reply.status()).isEqualTo(Code.TOO_LARGE.grpc());
            assertThat(reply.error().reason()).isEqualTo("request_too_large");
        }
    }
}
