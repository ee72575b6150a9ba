package dev.tandem.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.bedrock.BedrockSettings.Dialect;
import dev.tandem.bedrock.BedrockSettings.Passing;
import dev.tandem.bedrock.BedrockSettings.Schemas;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.v1.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a request goes to Bedrock, in which form, and what is refused before. */
@Timeout(30)
class BedrockRequestsTest {
    private static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";
    private static final String TOOLS =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"strict\":true,"
                    + "\"parameters\":{\"type\":\"object\",\"properties\":{\"b\":{},\"a\":{}}}}},"
                    + "{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]";
    private static final String TOOL_TURNS =
            "{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
                    + "{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1.50}\"}},"
                    + "{\"id\":\"2\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}]},"
                    + "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"one\"},"
                    + "{\"role\":\"tool\",\"tool_call_id\":\"2\",\"content\":\"\"}";

    /** A request by its JSON, without model. */
    private static ChatRequest request(String messages, String more) {
        String json = "{\"model\":\"m\",\"messages\":[" + messages + "]";
        json += more.isEmpty() ? "}" : "," + more + "}";
        try {
            return (ChatRequest)
                    new JsonCodecs(Profile.CONTRACT)
                            .of(ChatRequest.getDefaultInstance())
                            .read(json.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String sent(String messages, String more) {
        return Asked.sending(request(messages, more)).sent();
    }

    private static void refused(String messages, String more, String param) {
        Asked asked = Asked.sending(request(messages, more));

        assertThat(asked.failure().reason()).isEqualTo("unsupported_value");
        assertThat(asked.failure().param()).isEqualTo(param);
        assertThat(asked.requests()).isEmpty();
    }

    @Test
    void theModelIsInThePathAndTheCallIsSigned() {
        ChatRequest request =
                EngineCall.hello()
                        .setModel("arn:aws:bedrock:eu-central-1:1:inference-profile/eu.a.b-v1:0")
                        .build();

        Peer.Request sent = Asked.sending(request).requests().getFirst();

        assertThat(sent.path())
                .isEqualTo(
                        "/model/arn%3Aaws%3Abedrock%3Aeu-central-1%3A1%3Ainference-profile%2Feu.a.b-v1%3A0"
                                + "/converse-stream");
        assertThat(sent.header("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=" + Front.ID.reveal())
                .contains("/eu-central-1/bedrock/aws4_request")
                .doesNotContain(Front.SECRET.reveal());
        assertThat(sent.header("x-amz-security-token")).isEqualTo(Front.SESSION.reveal());
    }

    @Test
    void anApiKeyIsABearerToken() {
        BedrockCredentials key = new BedrockCredentials.ApiKey(Front.SECRET);

        Asked asked =
                Asked.sending(
                        EngineCall.hello().build(),
                        settings -> Front.settings(settings.access().endpoint(), key));

        assertThat(asked.requests().getFirst().header("authorization"))
                .isEqualTo("Bearer " + Front.SECRET.reveal());
    }

    @Test
    void systemMessagesStandApartAndNeighboursOfOneSideAreOneTurn() {
        assertThat(
                        sent(
                                "{\"role\":\"system\",\"content\":\"s\"},{\"role\":\"developer\",\"content\":\"d\"},"
                                        + HI
                                        + ",{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"there\"},"
                                        + "{\"type\":\"text\",\"text\":\"\"}]},"
                                        + "{\"role\":\"assistant\",\"content\":\"yes\"},"
                                        + HI,
                                ""))
                .contains("\"system\":[{\"text\":\"s\"},{\"text\":\"d\"}]")
                .contains(
                        "\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"},{\"text\":\"there\"}]},"
                                + "{\"role\":\"assistant\",\"content\":[{\"text\":\"yes\"}]},"
                                + "{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]");
    }

    @Test
    void callsAndResultsAreBlocks() {
        assertThat(sent(TOOL_TURNS, TOOLS))
                .contains(
                        "{\"role\":\"assistant\",\"content\":["
                                + "{\"toolUse\":{\"toolUseId\":\"1\",\"name\":\"f\",\"input\":{\"x\":1.50}}},"
                                + "{\"toolUse\":{\"toolUseId\":\"2\",\"name\":\"g\",\"input\":{}}}]},"
                                + "{\"role\":\"user\",\"content\":["
                                + "{\"toolResult\":{\"toolUseId\":\"1\",\"content\":[{\"text\":\"one\"}]}},"
                                + "{\"toolResult\":{\"toolUseId\":\"2\",\"content\":[]}}]}");
    }

    @Test
    void toolsKeepTheirSchemas() {
        assertThat(sent(HI, TOOLS))
                .contains(
                        "\"toolConfig\":{\"tools\":["
                                + "{\"toolSpec\":{\"name\":\"f\",\"description\":\"d\",\"inputSchema\":{\"json\":"
                                + "{\"type\":\"object\",\"properties\":{\"b\":{},\"a\":{}}}},\"strict\":true}},"
                                + "{\"toolSpec\":{\"name\":\"g\",\"inputSchema\":{\"json\":"
                                + "{\"type\":\"object\",\"properties\":{}}}}}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'auto'                                                     | {\"auto\":{}}",
                "'required'                                                 | {\"any\":{}}",
                "{\"type\":\"function\",\"function\":{\"name\":\"g\"}}      | {\"tool\":{\"name\":\"g\"}}"
            })
    void toolChoicesAreThoseOfTheApi(String choice, String sent) {
        String json = choice.startsWith("{") ? choice : "\"" + choice + "\"";

        assertThat(sent(HI, TOOLS + ",\"tool_choice\":" + json)).contains("\"toolChoice\":" + sent);
    }

    @Test
    void allowedToolsAreTheOnlyOnesSent() {
        String allowed =
                "\"tool_choice\":{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\","
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]}}";

        assertThat(sent(HI, TOOLS + "," + allowed))
                .contains("\"name\":\"g\"")
                .doesNotContain("\"name\":\"f\"")
                .contains("\"toolChoice\":{\"any\":{}}");
    }

    @Test
    void noToolsAreSentWhereNoneShallBeCalled() {
        assertThat(sent(HI, TOOLS + ",\"tool_choice\":\"none\"")).doesNotContain("toolConfig");
        refused(TOOL_TURNS, TOOLS + ",\"tool_choice\":\"none\"", "tool_choice");
        refused(TOOL_TURNS, "\"temperature\":0", "tools");
    }

    @Test
    void samplingIsTheInferenceConfig() {
        assertThat(
                        sent(
                                HI,
                                "\"max_tokens\":9,\"max_completion_tokens\":7,\"temperature\":0.25,"
                                        + "\"top_p\":0.5,\"stop\":[\"x\",\"y\"]"))
                .contains(
                        "\"inferenceConfig\":{\"maxTokens\":7,\"temperature\":0.25,\"topP\":0.5,"
                                + "\"stopSequences\":[\"x\",\"y\"]}");
    }

    @Test
    void imagesAreBytes() {
        assertThat(
                        sent(
                                "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
                                        + "{\"url\":\"data:image/jpg;base64,aGk=\"},"
                                        + "\"prompt_cache_breakpoint\":{\"mode\":\"explicit\",\"ttl\":\"1h\"}}]}",
                                ""))
                .contains(
                        "[{\"image\":{\"format\":\"jpeg\",\"source\":{\"bytes\":\"aGk=\"}}},"
                                + "{\"cachePoint\":{\"type\":\"default\",\"ttl\":\"1h\"}}]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a.png",
                "http://169.254.169.254/a.png",
                "data:image/png,hi",
                "data:image/tiff;base64,aGk=",
                "data:image/png;base64,not base64"
            })
    void otherImagesAreRefused(String url) {
        refused(
                "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                        + url
                        + "\"}}]}",
                "",
                "messages[0].content[0].image_url.url");
    }

    @Test
    void reasoningGoesBackWithItsSignatureOnly() {
        String thought =
                HI + ",{\"role\":\"assistant\",\"content\":\"a\",\"reasoning_content\":\"r\"";

        assertThat(sent(thought + "}," + HI, "")).doesNotContain("reasoning");
        assertThat(sent(thought + ",\"reasoning_signature\":\"s\"}," + HI, ""))
                .contains(
                        "[{\"reasoningContent\":{\"reasoningText\":{\"text\":\"r\",\"signature\":\"s\"}}},"
                                + "{\"text\":\"a\"}]");
        Dialect unsigned = new Dialect(true, Schemas.OUTPUT_FORMAT, true);
        assertThat(Asked.sending(request(thought + "}," + HI, ""), s -> s.dialect(unsigned)).sent())
                .contains("{\"reasoningContent\":{\"reasoningText\":{\"text\":\"r\"}}}");
    }

    @Test
    void allowedExtrasAreTheModelsOwnFields() {
        ChatRequest request = request(HI, "\"top_k\":40,\"thinking\":{\"budget\":1}");
        Passing both = new Passing(Set.of("top_k", "thinking"), Set.of());

        assertThat(Asked.sending(request, settings -> settings.passing(both)).sent())
                .contains("\"top_k\":40")
                .contains("\"thinking\":{\"budget\":1}")
                .contains("\"additionalModelRequestFields\":{");
        refused(HI, "\"top_k\":40", "top_k");
    }

    @Test
    void aSchemaGoesIntoTheApisField() {
        String format =
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\","
                        + "\"description\":\"d\",\"schema\":{\"type\":\"object\"}}}";

        assertThat(sent(HI, format + ",\"reasoning_effort\":\"low\""))
                .contains(
                        "\"outputConfig\":{\"textFormat\":{\"type\":\"json_schema\",\"structure\":{\"jsonSchema\":"
                                + "{\"schema\":\"{\\\"type\\\":\\\"object\\\"}\",\"name\":\"n\",\"description\":\"d\"}}},"
                                + "\"effort\":\"low\"}");
    }

    @Test
    void anyObjectIsAToolsInput() {
        String format = "\"response_format\":{\"type\":\"json_object\"}";

        assertThat(sent(HI, format))
                .contains(
                        "\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"answer\","
                                + "\"description\":\"Gives the answer, as the tool's input.\","
                                + "\"inputSchema\":{\"json\":{\"type\":\"object\"}}}}],"
                                + "\"toolChoice\":{\"tool\":{\"name\":\"answer\"}}}")
                .doesNotContain("outputConfig");
        refused(HI, TOOLS + "," + format, "response_format");
    }

    @Test
    void theServiceTierIsTheApis() {
        assertThat(sent(HI, "\"service_tier\":\"flex\"")).contains("{\"type\":\"flex\"}");
        assertThat(sent(HI, "\"service_tier\":\"auto\"")).doesNotContain("serviceTier");
        refused(HI, "\"service_tier\":\"scale\"", "service_tier");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"n\":2                                   | n",
                "\"seed\":1                                | seed",
                "\"presence_penalty\":1                    | presence_penalty",
                "\"frequency_penalty\":1                   | frequency_penalty",
                "\"logit_bias\":{\"1\":1}                  | logit_bias",
                "\"logprobs\":true                         | logprobs",
                "\"top_logprobs\":1                        | top_logprobs",
                "\"modalities\":[\"audio\"]                | modalities",
                "\"audio\":{\"format\":\"wav\",\"voice\":\"a\"} | audio",
                "\"store\":true                            | store",
                "\"verbosity\":\"low\"                     | verbosity",
                "\"web_search_options\":{}                 | web_search_options",
                "\"prediction\":{\"type\":\"content\",\"content\":\"x\"} | prediction",
                "\"prompt_cache_key\":\"k\"                | prompt_cache_key",
                "\"prompt_cache_retention\":\"24h\"        | prompt_cache_retention",
                "\"prompt_cache_options\":{}               | prompt_cache_options",
                "\"functions\":[{\"name\":\"f\"}]          | functions",
                "\"function_call\":\"none\"                | function_call",
                "\"tool_choice\":\"required\"              | tool_choice",
                "\"parallel_tool_calls\":false,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"
                        + " | parallel_tool_calls",
                "\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}] | tools[0].custom",
                "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\"}}"
                        + " | response_format.json_schema.schema",
                "\"misspelt\":1                            | misspelt"
            })
    void whatTheApiCannotDoIsRefusedByName(String field, String param) {
        refused(HI, field, param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\":\"user\",\"content\":\"hi\",\"name\":\"Ann\"}   | messages[0].name",
                "{\"role\":\"user\",\"content\":\"\"}                       | messages[0].content",
                "{\"role\":\"user\",\"content\":\"hi\",\"misspelt\":1}     | messages[0].misspelt",
                "{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"system\",\"content\":\"s\"} | messages[1].role",
                "{\"role\":\"function\",\"name\":\"f\",\"content\":\"1\"}  | messages[0].role",
                "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"[1\"}}]}"
                        + " | messages[0].tool_calls[0].function.arguments",
                "{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":"
                        + "{\"data\":\"aGk=\",\"format\":\"wav\"}}]} | messages[0].content[0].input_audio",
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\","
                        + "\"cache_control\":{}}]} | messages[0].content[0].cache_control",
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\",\"prompt_cache_breakpoint\":"
                        + "{\"mode\":\"explicit\",\"ttl\":\"9h\"}}]}"
                        + " | messages[0].content[0].prompt_cache_breakpoint.ttl"
            })
    void messagesThatTheApiCannotTakeAreRefusedByPlace(String messages, String param) {
        refused(messages, "", param);
    }
}
