package dev.tandem.gateway;

import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.v1.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The table of bad requests: each breaks what its name says. The documentation shows it. */
final class BadRequests {
    private static final JsonCodec CHAT =
            new JsonCodecs(Profile.CONTRACT).of(ChatRequest.getDefaultInstance());

    private static final String HI = "\"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]";

    /**
     * A request that breaks rules.
     *
     * @param json what stands beside {@code "model"} in the body; the body whole, where it begins
     *     with a brace
     * @param fields the paths of the violations
     */
    record Bad(String json, List<String> fields) {
        Bad(String json, String... fields) {
            this(json, List.of(fields));
        }

        /** The whole body. */
        String body() {
            return json.startsWith("{") ? json : "{\"model\": \"tiny\", " + json + "}";
        }

        /** The same as a message. */
        ChatRequest message() {
            try {
                return (ChatRequest) CHAT.read(body().getBytes(StandardCharsets.UTF_8));
            } catch (JsonException e) {
                throw new IllegalStateException(json, e);
            }
        }

        @Override
        public String toString() {
            return json.length() > 90 ? json.substring(0, 89) + "…" : json;
        }
    }

    /** Messages of the right form: gRPC carries them too. */
    static final List<Bad> RULES =
            List.of(
                    new Bad("{" + HI + "}", "model"),
                    new Bad("{\"model\": \"" + "m".repeat(257) + "\", " + HI + "}", "model"),
                    new Bad("\"messages\": []", "messages"),
                    new Bad("\"messages\": [{\"content\": \"hi\"}]", "messages[0].role"),
                    new Bad("\"messages\": [{\"role\": \"user\"}]", "messages[0].content"),
                    new Bad(
                            "\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"a\"}, {}]}]",
                            "messages[0].content[1]"),
                    new Bad(
                            "\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": {}}]}]",
                            "messages[0].content[0].image_url.url"),
                    new Bad(
                            "\"messages\": [{\"role\": \"tool\", \"content\": \"4\"}]",
                            "messages[0].tool_call_id"),
                    new Bad(
                            "\"messages\": [{\"role\": \"user\", \"content\": \"hi\", \"tool_call_id\": \"c\"}]",
                            "messages[0].tool_call_id"),
                    new Bad(HI + ", \"temperature\": 2.5", "temperature"),
                    new Bad(
                            HI + ", \"n\": 0, \"top_p\": 1.5, \"temperature\": -1",
                            "temperature",
                            "top_p",
                            "n"),
                    new Bad(HI + ", \"max_tokens\": 0", "max_tokens"),
                    new Bad(HI + ", \"max_completion_tokens\": -3", "max_completion_tokens"),
                    new Bad(HI + ", \"stop\": \"\"", "stop"),
                    new Bad(HI + ", \"stop\": [\"a\", \"\"]", "stop[1]"),
                    new Bad(HI + ", \"stop\": [\"a\", \"b\", \"c\", \"d\", \"e\"]", "stop"),
                    new Bad(HI + ", \"logit_bias\": {\"9\": 101}", "logit_bias[\"9\"]"),
                    new Bad(HI + ", \"logit_bias\": {\"nine\": 1}", "logit_bias[\"nine\"]"),
                    new Bad(HI + ", \"top_logprobs\": 21, \"logprobs\": true", "top_logprobs"),
                    new Bad(HI + ", \"top_logprobs\": 2", "top_logprobs"),
                    new Bad(
                            HI
                                    + ", \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"no spaces\"}}]",
                            "tools[0].function.name"),
                    new Bad(HI + ", \"tools\": [{}]", "tools[0]"),
                    new Bad(HI + ", \"tool_choice\": \"auto\"", "tool_choice"),
                    new Bad(
                            HI
                                    + ", \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\"}}], \"tool_choice\": \"maybe\"",
                            "tool_choice"),
                    new Bad(
                            HI
                                    + ", \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\"}}],"
                                    + " \"tool_choice\": {\"type\": \"function\", \"function\": {\"name\": \"g\"}}",
                            "tool_choice.function.name"),
                    new Bad(
                            HI + ", \"response_format\": {\"type\": \"json_schema\"}",
                            "response_format.json_schema"),
                    new Bad(
                            "\"messages\": [{\"role\": \"user\"}], \"top_logprobs\": 1, \"temperature\": 3",
                            "messages[0].content",
                            "temperature",
                            "top_logprobs"));

    /** JSON of another form than the message's: gRPC cannot say such a thing. */
    static final List<Bad> SHAPES =
            List.of(
                    new Bad("\"messages\": \"hi\"", "messages"),
                    new Bad("\"messages\": [\"hi\"]", "messages[0]"),
                    new Bad("\"messages\": [null]", "messages[0]"),
                    new Bad(
                            "\"messages\": [{\"role\": \"boss\", \"content\": \"hi\"}]",
                            "messages[0].role"),
                    new Bad(
                            "\"messages\": [{\"role\": \"user\", \"content\": 5}]",
                            "messages[0].content"),
                    new Bad(
                            "\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"a\"}, {\"type\": \"song\"}]}]",
                            "messages[0].content[1].type"),
                    new Bad(
                            "\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\"}]}]",
                            "messages[0].content[0].text"),
                    new Bad(
                            "\"messages\": [{\"role\": \"user\", \"content\":"
                                    + " [{\"type\": \"input_audio\", \"input_audio\": {\"data\": \"*\", \"format\": \"wav\"}}]}]",
                            "messages[0].content[0].input_audio.data"),
                    new Bad(HI + ", \"temperature\": \"hot\"", "temperature"),
                    new Bad(HI + ", \"max_tokens\": 1.5", "max_tokens"),
                    new Bad(HI + ", \"max_tokens\": 3000000000", "max_tokens"),
                    new Bad(HI + ", \"temperature\": 1e400", "temperature"),
                    new Bad(HI + ", \"stream_options\": {\"usage\": true}", "stream_options.usage"),
                    new Bad(HI + ", \"n\": 1, \"n\": 2", "n"),
                    new Bad(HI + ", \"top_k\": {\"a\": 1, \"a\": 2}", "top_k.a"),
                    new Bad(
                            HI
                                    + ", \"tools\": [{\"type\": \"function\", \"function\":"
                                    + " {\"name\": \"f\", \"parameters\": {\"type\": \"object\", \"type\": \"object\"}}}]",
                            "tools[0].function.parameters.type"),
                    new Bad(HI + ", \"tool_choice\": 5", "tool_choice"),
                    new Bad(HI + ", \"logprobs\": \"yes\", \"top_logprobs\": 2", "logprobs"),
                    new Bad(
                            "\"messages\": [{\"role\": \"boss\"}, {\"role\": \"user\"}], \"temperature\": \"hot\","
                                    + " \"top_p\": 7, \"stop\": \"\", \"top_logprobs\": 2",
                            "messages[0].role",
                            "messages[1].content",
                            "temperature",
                            "top_p",
                            "stop",
                            "top_logprobs"));

    /** Text that is no JSON. */
    static final List<String> TEXTS =
            List.of(
                    "{\"model\": \"tiny\"",
                    "{\"model\": \"tiny\",}",
                    "{\"model\": 'tiny'}",
                    "{\"model\": \"tiny\"} // done",
                    "{\"temperature\": NaN}",
                    "{\"temperature\": 01}",
                    "{\"model\": \"tiny\"} {}");

    private BadRequests() {}

    /** In protobuf's own mapping, for the canonical path. */
    static String canonical(ChatRequest request) {
        JsonBuffer json = new JsonBuffer();
        new JsonCodecs(Profile.CANONICAL).of(request).write(request, json);
        return json.toString();
    }
}
