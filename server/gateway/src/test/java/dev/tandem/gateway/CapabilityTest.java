package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.CompletionServiceGrpc;
import dev.tandem.v1.DetokenizeRequest;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.EmbeddingServiceGrpc;
import dev.tandem.v1.GetModelRequest;
import dev.tandem.v1.ModelServiceGrpc;
import dev.tandem.v1.Prompt;
import dev.tandem.v1.RerankDocument;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.RerankServiceGrpc;
import dev.tandem.v1.TokenServiceGrpc;
import dev.tandem.v1.TokenizeRequest;
import io.grpc.MethodDescriptor;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A model is asked for what it can do, and says so of anything else; the list of models tells. */
class CapabilityTest {
    private static Fixture gateway;

    record Asked<Q extends Message>(
            Capability capability, MethodDescriptor<Q, ?> method, Q request) {
        Reply<?> by(Wire wire) {
            return gateway.server.call(wire, messages(method), request);
        }

        @SuppressWarnings("unchecked") // every answer of the contract is a message
        private static <Q extends Message> MethodDescriptor<Q, Message> messages(
                MethodDescriptor<Q, ?> method) {
            return (MethodDescriptor<Q, Message>) method;
        }

        @Override
        public String toString() {
            return method.getFullMethodName();
        }
    }

    static final List<Asked<?>> ALL =
            List.of(
                    new Asked<>(
                            Capability.CAPABILITY_CHAT,
                            ChatServiceGrpc.getCompleteMethod(),
                            Fixture.request().build()),
                    new Asked<>(
                            Capability.CAPABILITY_COMPLETION,
                            CompletionServiceGrpc.getCompleteMethod(),
                            CompletionRequest.newBuilder()
                                    .setModel("tiny")
                                    .addPrompt(Prompt.newBuilder().setText("a"))
                                    .build()),
                    new Asked<>(
                            Capability.CAPABILITY_EMBEDDING,
                            EmbeddingServiceGrpc.getEmbedMethod(),
                            EmbeddingRequest.newBuilder()
                                    .setModel("tiny")
                                    .addInput(EmbeddingInput.newBuilder().setText("a"))
                                    .build()),
                    new Asked<>(
                            Capability.CAPABILITY_RERANK,
                            RerankServiceGrpc.getRerankMethod(),
                            RerankRequest.newBuilder()
                                    .setModel("tiny")
                                    .setQuery("a")
                                    .addDocuments(RerankDocument.newBuilder().setText("a"))
                                    .build()),
                    new Asked<>(
                            Capability.CAPABILITY_TOKENIZE,
                            TokenServiceGrpc.getTokenizeMethod(),
                            TokenizeRequest.newBuilder().setModel("tiny").setPrompt("a").build()),
                    new Asked<>(
                            Capability.CAPABILITY_TOKENIZE,
                            TokenServiceGrpc.getDetokenizeMethod(),
                            DetokenizeRequest.newBuilder().setModel("tiny").addTokens(1).build()));

    @BeforeAll
    static void start() {
        gateway = new Fixture(Script.saying("b"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void aModelThatCanAnswers(Asked<?> asked) {
        gateway.engine.capabilities(Set.of(asked.capability()));

        for (Wire wire : List.of(Wire.GRPC, Wire.REST, Wire.REST_H2)) {
            Reply<?> reply = asked.by(wire);
            assertThat(reply.ok()).as("%s", reply).isTrue();
        }
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void aModelThatCannotRefusesAndSaysWhatItCan(Asked<?> asked) {
        EnumSet<Capability> others =
                EnumSet.range(Capability.CAPABILITY_CHAT, Capability.CAPABILITY_TOKENIZE);
        others.remove(asked.capability());
        gateway.engine.capabilities(others);
        gateway.spent.clear();

        for (Wire wire : List.of(Wire.GRPC, Wire.REST, Wire.REST_H2)) {
            Reply<?> reply = asked.by(wire);
            assertThat(reply.status()).isEqualTo(wire.status(Code.INVALID_REQUEST));
            assertThat(reply.error().reason()).isEqualTo("unsupported_value");
            assertThat(reply.error().param()).isEqualTo("model");
            assertThat(reply.error().message()).startsWith("The model 'tiny' cannot ");
        }
        assertThat(gateway.spent).isEmpty();
        assertThat(
                        gateway.server
                                .call(
                                        Wire.REST,
                                        ModelServiceGrpc.getGetModelMethod(),
                                        GetModelRequest.newBuilder().setModel("tiny").build())
                                .message()
                                .getCapabilitiesList())
                .containsExactlyElementsOf(others);
    }
}
