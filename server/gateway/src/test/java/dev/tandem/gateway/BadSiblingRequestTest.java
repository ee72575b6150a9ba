package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.Reply;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.CompletionServiceGrpc;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.EmbeddingServiceGrpc;
import dev.tandem.v1.Prompt;
import dev.tandem.v1.RerankDocument;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.RerankServiceGrpc;
import dev.tandem.v1.Role;
import dev.tandem.v1.TokenIds;
import dev.tandem.v1.TokenServiceGrpc;
import dev.tandem.v1.TokenizeRequest;
import io.grpc.MethodDescriptor;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** As {@link BadRequestTest}, of the services beside chat. */
class BadSiblingRequestTest {
    private static Fixture gateway;

    record Bad<Q extends Message>(MethodDescriptor<Q, ?> method, Q request, List<String> fields) {
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
            return method.getBareMethodName() + ": " + String.join(", ", fields);
        }
    }

    private static Bad<?> bad(CompletionRequest.Builder request, String... fields) {
        return new Bad<>(
                CompletionServiceGrpc.getCompleteMethod(), request.build(), List.of(fields));
    }

    private static Bad<?> bad(EmbeddingRequest.Builder request, String... fields) {
        return new Bad<>(EmbeddingServiceGrpc.getEmbedMethod(), request.build(), List.of(fields));
    }

    private static Bad<?> bad(TokenizeRequest.Builder request, String... fields) {
        return new Bad<>(TokenServiceGrpc.getTokenizeMethod(), request.build(), List.of(fields));
    }

    private static Bad<?> bad(RerankRequest.Builder request, String... fields) {
        return new Bad<>(RerankServiceGrpc.getRerankMethod(), request.build(), List.of(fields));
    }

    private static CompletionRequest.Builder complete() {
        return CompletionRequest.newBuilder()
                .setModel("tiny")
                .addPrompt(Prompt.newBuilder().setText("a"));
    }

    private static EmbeddingRequest.Builder embed(EmbeddingInput.Builder... inputs) {
        EmbeddingRequest.Builder request = EmbeddingRequest.newBuilder().setModel("tiny");
        for (EmbeddingInput.Builder input : inputs) {
            request.addInput(input);
        }
        return request;
    }

    private static EmbeddingInput.Builder text(String text) {
        return EmbeddingInput.newBuilder().setText(text);
    }

    private static TokenizeRequest.Builder tokenize() {
        return TokenizeRequest.newBuilder().setModel("tiny");
    }

    private static RerankRequest.Builder rerank(String query, String document) {
        return RerankRequest.newBuilder()
                .setModel("tiny")
                .setQuery(query)
                .addDocuments(RerankDocument.newBuilder().setText(document));
    }

    static final List<Bad<?>> TABLE =
            List.of(
                    bad(complete().clearModel().clearPrompt(), "model", "prompt"),
                    bad(
                            complete().setMaxTokens(-1).setLogprobs(6).setBestOf(21),
                            "max_tokens",
                            "best_of",
                            "logprobs"),
                    bad(complete().setN(3).setBestOf(2), "best_of"),
                    bad(
                            complete()
                                    .addPrompt(
                                            Prompt.newBuilder()
                                                    .setTokens(TokenIds.getDefaultInstance())),
                            "prompt[1]"),
                    bad(embed(), "input"),
                    bad(embed(text("a"), text("")), "input[1]"),
                    bad(embed(text("a")).setDimensions(0), "dimensions"),
                    bad(tokenize(), "prompt"),
                    bad(tokenize().setPrompt("a").addMessages(Fixture.user("a")), "prompt"),
                    bad(
                            tokenize().setPrompt("a").setAddGenerationPrompt(true),
                            "add_generation_prompt"),
                    bad(
                            tokenize()
                                    .addMessages(ChatMessage.newBuilder().setRole(Role.ROLE_USER)),
                            "messages[0].content"),
                    bad(rerank("", ""), "query", "documents[0]"),
                    bad(rerank("a", "b").clearDocuments().setTopN(0), "documents", "top_n"));

    @BeforeAll
    static void start() {
        gateway = new Fixture(Script.saying("never"));
    }

    @AfterAll
    static void stop() {
        assertThat(gateway.engine.runs()).isEmpty();
        gateway.close();
    }

    @ParameterizedTest
    @FieldSource("TABLE")
    void everyWireSaysTheSame(Bad<?> bad) {
        List<Violation> reference = bad.by(Wire.GRPC).error().violations();

        assertThat(reference).extracting(Violation::field).containsExactlyElementsOf(bad.fields());
        for (Wire wire : List.of(Wire.GRPC, Wire.REST, Wire.REST_H2)) {
            Reply<?> reply = bad.by(wire);
            assertThat(reply.status()).isEqualTo(wire.status(Code.VALIDATION_FAILED));
            assertThat(reply.error().violations()).isEqualTo(reference);
        }
    }
}
