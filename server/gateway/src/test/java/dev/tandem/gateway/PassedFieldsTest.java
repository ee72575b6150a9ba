package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.structured.json.Json;
import dev.tandem.structured.json.JsonReader;
import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.v1.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Servers that speak the contract's own API are asked for what the caller asks for. */
@Timeout(60)
class PassedFieldsTest {
    private static final JsonReader JSON = new JsonReader(100_000, 50);
    private static final String TOOLS =
            "'tools': [{'type': 'function', 'function': {'name': 'f', 'strict': true, 'parameters':"
                    + " {'type': 'object', 'properties': {'a': {'type': 'integer'}},"
                    + " 'required': ['a'], 'additionalProperties': false}}},"
                    + " {'type': 'function', 'function': {'name': 'g', 'description': 'does g'}}]";
    private static final String ONE_TOOL = "[{'type': 'function', 'function': {'name': 'g'}}]";

    static final List<String> FIELDS =
            List.of(
                    "'messages': [{'role': 'system', 'content': 'Be brief.'},"
                            + " {'role': 'developer', 'content': 'Be kind.'},"
                            + " {'role': 'user', 'content': 'Hello.', 'name': 'Ann'}]",
                    "'messages': [{'role': 'user', 'content': [{'type': 'text', 'text': 'What?'},"
                            + " {'type': 'image_url', 'image_url':"
                            + " {'url': 'data:image/png;base64,AAAA', 'detail': 'low'}}]}]",
                    "'messages': [{'role': 'user', 'content': 'Go'},"
                            + " {'role': 'assistant', 'tool_calls': [{'id': 'c1',"
                            + " 'type': 'function', 'function':"
                            + " {'name': 'f', 'arguments': '{\\'a\\': 1.50}'}}]},"
                            + " {'role': 'tool', 'tool_call_id': 'c1', 'content': '21'}]",
                    "'n': 2",
                    "'stop': ['a', 'b']",
                    "'temperature': 0.5, 'top_p': 0.25, 'seed': 7, 'max_completion_tokens': 9",
                    "'presence_penalty': 0.5, 'frequency_penalty': -0.5, 'logit_bias': {'17': 2}",
                    "'logprobs': true, 'top_logprobs': 3",
                    TOOLS,
                    TOOLS + ", 'parallel_tool_calls': false",
                    TOOLS + ", 'tool_choice': 'none'",
                    TOOLS + ", 'tool_choice': 'required'",
                    TOOLS + ", 'tool_choice': {'type': 'function', 'function': {'name': 'g'}}",
                    TOOLS
                            + ", 'tool_choice': {'type': 'allowed_tools', 'allowed_tools':"
                            + " {'mode': 'auto', 'tools': "
                            + ONE_TOOL
                            + "}}",
                    "'response_format': {'type': 'json_object'}",
                    "'response_format': {'type': 'json_schema', 'json_schema': {'name': 'x',"
                            + " 'strict': true, 'schema': {'type': 'object'}}}",
                    "'reasoning_effort': 'low'");

    @TempDir Path folder;

    /** A request with these fields, for the model of {@link #gateway}. */
    private static String request(String fields) {
        String messages =
                fields.startsWith("'messages'")
                        ? ""
                        : ", 'messages': [{'role': 'user', 'content': 'Hello.'}]";
        return "{'model': 'chat', " + fields + messages + "}";
    }

    private RoutedGateway gateway(String kind, String url) throws Exception {
        return new RoutedGateway(
                folder,
                "engines: {there: {kind: %s, url: '%s'}}\nmodels: {chat: {routes: [{engine: there, model: tiny}]}}\n"
                        .formatted(kind, url));
    }

    /** Quotes in texts within are written {@code \'}. */
    private static String json(String text) {
        return text.replace("\\'", "\\\"").replace('\'', '"');
    }

    private static HttpReply ask(RoutedGateway gateway, String fields) {
        return gateway.server
                .client()
                .http(
                        Wire.Version.HTTP_1_1,
                        HttpRequest.post("/v1/chat/completions", json(request(fields))));
    }

    private static Json.JsonObject object(String text) {
        return (Json.JsonObject) JSON.read(text);
    }

    @ParameterizedTest
    @FieldSource("FIELDS")
    void aServerOfTheOpenAiApiIsAskedTheSame(String fields) throws Exception {
        try (OpenAiServer server = OpenAiServer.saying("{}");
                RoutedGateway gateway = gateway("openai", server.url())) {
            HttpReply reply = ask(gateway, fields);

            assertThat(server.bodies()).as(reply.body()).hasSize(1);
            assertThat(object(server.bodies().getFirst()).members())
                    .containsAllEntriesOf(object(json("{" + fields + "}")).members())
                    .containsOnlyKeys(
                            Stream.concat(
                                            object(json(request(fields)))
                                                    .members()
                                                    .keySet()
                                                    .stream(),
                                            Stream.of("stream", "stream_options"))
                                    .toList());
        }
    }

    @ParameterizedTest
    @FieldSource("FIELDS")
    void anotherTandemIsAskedTheSame(String fields) throws Exception {
        try (Fixture other = new Fixture(Script.saying("{}"));
                RoutedGateway gateway =
                        gateway("tandem", "http://127.0.0.1:" + other.server.server().port())) {
            HttpReply reply = ask(gateway, fields);

            assertThat(other.engine.runs()).as(reply.body()).isNotEmpty();
            ChatRequest theirs = other.engine.runs().getFirst().request();
            ChatRequest ours =
                    (ChatRequest)
                            new JsonCodecs(Profile.CONTRACT)
                                    .of(ChatRequest.getDefaultInstance())
                                    .read(json(request(fields)).getBytes(StandardCharsets.UTF_8));
            assertThat(asked(theirs)).isEqualTo(asked(ours));
        }
    }

    /** Without what each server settles for itself. */
    private static ChatRequest asked(ChatRequest request) {
        return request.toBuilder().clearModel().clearStream().clearStreamOptions().build();
    }
}
