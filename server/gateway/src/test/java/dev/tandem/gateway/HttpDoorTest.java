package dev.tandem.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.testing.Failure;
import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What HTTP clients get who send no proper request: before a message is there to be judged. */
class HttpDoorTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String GOOD =
            "{\"model\": \"tiny\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}";

    private static Fixture gateway;

    @BeforeAll
    static void start() {
        gateway = new Fixture(Script.saying("hi"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @EnumSource
    void aGoodRequestIsAnsweredAsTheApiSays(Wire.Version version) {
        HttpReply reply = send(version, HttpRequest.post(CHAT, GOOD));

        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        assertThat(reply.header("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(reply.body())
                .isEqualTo(
                        "{\"object\":\"chat.completion\",\"id\":\"chatcmpl-1\",\"created\":1750000000,"
                                + "\"model\":\"tiny\",\"choices\":[{\"index\":0,\"message\":{"
                                + "\"role\":\"assistant\",\"content\":\"hi\",\"refusal\":null},"
                                + "\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{"
                                + "\"prompt_tokens\":3,\"completion_tokens\":1,\"total_tokens\":4}}");
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsEventsAsTheApiSays(Wire.Version version) {
        String request = GOOD.replace("{\"model\"", "{\"stream\": true, \"model\"");
        HttpReply reply =
                send(version, HttpRequest.post(CHAT, request).header("accept", "application/json"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        assertThat(reply.header("cache-control")).contains("no-cache");
        assertThat(reply.header("x-accel-buffering")).contains("no");
        String chunk =
                "data: {\"object\":\"chat.completion.chunk\",\"id\":\"chatcmpl-1\","
                        + "\"created\":1750000000,\"model\":\"tiny\",\"choices\":[{\"index\":0,\"delta\":";
        String rest = ",\"logprobs\":null,\"finish_reason\":%s}],\"usage\":null}\n\n";
        assertThat(reply.body())
                .isEqualTo(
                        chunk
                                + "{\"role\":\"assistant\"}"
                                + rest.formatted("null")
                                + chunk
                                + "{\"content\":\"hi\"}"
                                + rest.formatted("null")
                                + chunk
                                + "{}"
                                + rest.formatted("\"stop\"")
                                + "data: [DONE]\n\n");
    }

    @ParameterizedTest
    @EnumSource
    void brokenJsonIsToldWithItsPlace(Wire.Version version) {
        HttpReply reply = send(version, HttpRequest.post(CHAT, "{\"model\": \"tiny\",\n oops}"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(failure(reply).reason()).isEqualTo("invalid_json");
        assertThat(failure(reply).message()).contains("line 2");
    }

    @ParameterizedTest
    @EnumSource
    void wrongTypesAndUnknownFieldsAreToldAllAtOnce(Wire.Version version) {
        HttpReply reply =
                send(
                        version,
                        HttpRequest.post(
                                CHAT,
                                "{\"model\": 5, \"messages\": [{\"role\": \"king\", \"content\": [{"
                                        + "\"type\": \"text\", \"text\": true}]}]}"));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(failure(reply).violations())
                .extracting(Violation::field)
                .containsExactly("model", "messages[0].role", "messages[0].content[0].text");
    }

    @ParameterizedTest
    @EnumSource
    void onlyJsonIsRead(Wire.Version version) {
        HttpReply reply =
                send(version, HttpRequest.post(CHAT, GOOD).header("content-type", "text/plain"));

        assertThat(reply.status()).isEqualTo(415);
        assertThat(failure(reply).reason()).isEqualTo("unsupported_media_type");
    }

    @ParameterizedTest
    @EnumSource
    void aRequestThatIsTooLargeIsRefused(Wire.Version version) {
        String large = GOOD.replace("hi", "x".repeat(2 << 20));

        HttpReply reply = send(version, HttpRequest.post(CHAT, large));

        assertThat(reply.status()).isEqualTo(413);
        assertThat(failure(reply).reason()).isEqualTo("request_too_large");
    }

    @ParameterizedTest
    @EnumSource
    void foreignHostsAndPagesAreRefused(Wire.Version version) {
        HttpReply host = send(version, HttpRequest.post(CHAT, GOOD).header("host", "evil.example"));
        HttpReply origin =
                send(
                        version,
                        HttpRequest.post(CHAT, GOOD).header("origin", "https://evil.example"));

        assertThat(host.status()).isEqualTo(403);
        assertThat(failure(host).requestId()).isNotEmpty();
        assertThat(origin.status()).isEqualTo(403);
        assertThat(failure(origin).requestId()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void unknownPathsAndVerbsAreErrorsOfTheSameForm(Wire.Version version) {
        HttpReply path = send(version, HttpRequest.get("/v1/nothing"));
        HttpReply verb = send(version, HttpRequest.get(CHAT));

        assertThat(path.status()).isEqualTo(404);
        assertThat(failure(path).reason()).isEqualTo("not_found");
        assertThat(verb.status()).isEqualTo(405);
        assertThat(failure(verb).reason()).isEqualTo("method_not_allowed");
    }

    @ParameterizedTest
    @EnumSource
    void theConnectionIsStillGoodAfterARefusal(Wire.Version version) {
        send(version, HttpRequest.post(CHAT, "{"));

        assertThat(send(version, HttpRequest.post(CHAT, GOOD)).status()).isEqualTo(200);
    }

    private static HttpReply send(Wire.Version version, HttpRequest request) {
        return gateway.server.client().http(version, request);
    }

    private static Failure failure(HttpReply reply) {
        return requireNonNull(reply.failure(), reply::toString);
    }
}
