package dev.tandem.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Code;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.GetModelRequest;
import dev.tandem.v1.ListModelsRequest;
import dev.tandem.v1.ListModelsResponse;
import dev.tandem.v1.Model;
import dev.tandem.v1.ModelServiceGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.grpc.GrpcRouting;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.testing.junit5.ServerTest;
import io.helidon.webserver.testing.junit5.SetUpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The client reads what a server says that is not Tandem: Helidon as it is, REST and gRPC on one
 * port.
 */
@ServerTest
class ClientTest {
    private static final String ERROR =
            "{\"error\":{\"message\":\"No.\",\"type\":\"t\",\"param\":\"model\",\"code\":\"nope\","
                    + "\"details\":[{\"field\":\"a[0]\",\"rule\":\"r\",\"message\":\"Bad.\"}],"
                    + "\"request_id\":\"req_9\"}}";

    private final Client client;

    ClientTest(WebServer server) {
        client = new Client(server.port());
    }

    @SetUpServer
    static void configure(WebServerConfig.Builder server) {
        server.addRouting(
                        HttpRouting.builder()
                                .get("/v1/models", (request, response) -> list(response))
                                .get("/v1/models/*", (request, response) -> refuse(response))
                                .post("/v1/chat/completions", ClientTest::chat))
                .addRouting(GrpcRouting.builder().service(new Stock()));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"GRPC", "REST", "REST_H2"})
    void aWholeAnswerIsOneMessage(Wire wire) {
        Reply<ListModelsResponse> reply =
                client.call(
                        wire,
                        ModelServiceGrpc.getListModelsMethod(),
                        ListModelsRequest.getDefaultInstance());

        assertThat(reply.ok()).isTrue();
        assertThat(reply.message().getDataList()).extracting(Model::getId).containsExactly("m");
    }

    @ParameterizedTest
    @EnumSource(names = {"REST", "REST_H2"})
    void anErrorIsReadInAllItsParts(Wire wire) {
        Reply<Model> reply =
                client.call(
                        wire,
                        ModelServiceGrpc.getGetModelMethod(),
                        GetModelRequest.newBuilder().setModel("x").build());

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.messages()).isEmpty();
        assertThat(reply.error().reason()).isEqualTo("nope");
        assertThat(reply.error().message()).isEqualTo("No.");
        assertThat(reply.error().param()).isEqualTo("model");
        assertThat(reply.error().requestId()).isEqualTo("req_9");
        assertThat(reply.error().violations()).containsExactly(new Violation("a[0]", "r", "Bad."));
    }

    @Test
    void aGrpcStatusWithoutDetailsIsAFailureTooJustWithoutAReason() {
        Reply<Model> reply =
                client.call(
                        Wire.GRPC,
                        ModelServiceGrpc.getGetModelMethod(),
                        GetModelRequest.newBuilder().setModel("x").build());

        assertThat(reply.status()).isEqualTo(Code.NOT_FOUND.grpc());
        assertThat(reply.error().message()).isEqualTo("none");
        assertThat(reply.error().reason()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SSE", "SSE_H2"})
    void eventsAreMessagesAndCommentsAreLinesOnly(Wire wire) {
        Reply<ChatChunk> reply = stream(wire, "good");

        assertThat(reply.messages()).extracting(ChatChunk::getId).containsExactly("1", "2");
        assertThat(reply.done()).isTrue();
        assertThat(reply.failure()).isNull();
        assertThat(reply.lines()).contains(": still here", "data: [DONE]");
    }

    @ParameterizedTest
    @EnumSource(names = {"SSE", "SSE_H2"})
    void anErrorEventIsAFailureAfterTheMessages(Wire wire) {
        Reply<ChatChunk> reply = stream(wire, "bad");

        assertThat(reply.messages()).extracting(ChatChunk::getId).containsExactly("1");
        assertThat(reply.done()).isFalse();
        assertThat(reply.ok()).isFalse();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.error().reason()).isEqualTo("nope");
    }

    @ParameterizedTest
    @EnumSource(names = {"NDJSON", "NDJSON_H2"})
    void linesAreMessages(Wire wire) {
        assertThat(stream(wire, "good").messages())
                .extracting(ChatChunk::getId)
                .containsExactly("1", "2");
    }

    private Reply<ChatChunk> stream(Wire wire, String model) {
        return client.call(
                wire,
                ChatServiceGrpc.getStreamMethod(),
                ChatRequest.newBuilder().setModel(model).build());
    }

    private static void list(ServerResponse response) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send("{\"object\": \"list\", \"data\": [{\"id\": \"m\"}]}");
    }

    private static void refuse(ServerResponse response) {
        response.status(404).header(HeaderValues.CONTENT_TYPE_JSON).send(ERROR);
    }

    private static void chat(ServerRequest request, ServerResponse response) {
        String body = request.content().as(String.class);
        boolean lines = request.headers().contains(HeaderNames.ACCEPT);
        if (!body.contains("\"stream\":true")) {
            response.status(400).send();
        } else if (lines) {
            response.send("{\"id\": \"1\"}\n{\"id\": \"2\"}\n");
        } else if (body.contains("good")) {
            response.send(
                    "data: {\"id\": \"1\"}\n\n: still here\n\ndata: {\"id\": \"2\"}\n\ndata: [DONE]\n\n");
        } else {
            response.send("data: {\"id\": \"1\"}\n\ndata: " + ERROR + "\n\n");
        }
    }

    private static final class Stock extends ModelServiceGrpc.ModelServiceImplBase {
        @Override
        public void listModels(
                ListModelsRequest request, StreamObserver<ListModelsResponse> response) {
            response.onNext(
                    ListModelsResponse.newBuilder().addData(Model.newBuilder().setId("m")).build());
            response.onCompleted();
        }

        @Override
        public void getModel(GetModelRequest request, StreamObserver<Model> response) {
            response.onError(Status.NOT_FOUND.withDescription("none").asRuntimeException());
        }
    }
}
