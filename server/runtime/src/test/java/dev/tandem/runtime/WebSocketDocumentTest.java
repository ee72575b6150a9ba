package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the OpenAPI document tells of WebSockets. */
class WebSocketDocumentTest {
    private static Server server;
    private static JsonObject document;

    @BeforeAll
    static void start() {
        server = Server.builder().service(new Talk().service()).start();
        RawAnswer answer =
                RawAnswer.to(
                        RawAnswer.Version.HTTP_1_1,
                        server.port(),
                        "GET",
                        "/openapi.json",
                        new byte[0]);
        try (JsonReader reader = Json.createReader(new StringReader(answer.text()))) {
            document = reader.readObject();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonObject opening(String path) {
        return document.getJsonObject("paths").getJsonObject(path).getJsonObject("get");
    }

    @Test
    void eachPathIsAnOpening() {
        JsonObject gather = opening("/v1/gather");

        assertThat(gather.getString("operationId")).isEqualTo("talkGather");
        assertThat(gather.getString("description")).contains("A WebSocket, opened over HTTP/1.1");
        assertThat(gather.containsKey("requestBody")).isFalse();
        assertThat(gather.getJsonObject("responses").keySet())
                .contains("101", "400", "403", "422", "426", "500")
                .doesNotContain("200", "413", "415");
        assertThat(opening("/tandem.test.v1.TalkService/Gather").getString("operationId"))
                .isEqualTo("tandem.test.v1.TalkService.Gather");
    }

    @Test
    void theMessagesHaveSchemas() {
        JsonObject messages = opening("/v1/gather").getJsonObject("x-websocket");

        assertThat(messages.getJsonObject("response").getString("type")).isEqualTo("array");
        String request = messages.getJsonObject("request").getString("$ref");
        assertThat(request).isEqualTo("#/components/schemas/TalkRequest");
        assertThat(
                        document.getJsonObject("components")
                                .getJsonObject("schemas")
                                .getJsonObject("TalkRequest")
                                .getJsonObject("properties")
                                .keySet())
                .contains("room", "tone");
    }

    @Test
    void oneStandsBesideAnotherMethodOfItsPath() {
        String path = "/v1/rooms/{room}/talk";

        assertThat(opening(path).getString("operationId")).isEqualTo("talkPeek");
        JsonObject talk = opening(path + "#talk");
        assertThat(talk.getString("operationId")).isEqualTo("talk");
        assertThat(talk.getJsonArray("parameters")).hasSizeGreaterThan(3);
    }
}
