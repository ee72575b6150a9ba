package dev.tandem.upstream.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.upstream.Requested;
import dev.tandem.upstream.ask.Passing;
import dev.tandem.upstream.ollama.OllamaSettings.Dialect;
import dev.tandem.upstream.ollama.OllamaSettings.Facts;
import dev.tandem.v1.ChatRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRequestsTest {
    private static final String HELLO =
            "{'model':'m','messages':[{'role':'user','content':'Hello.'}],"
                    + "'stream':true,'truncate':false,'shift':false";
    private static final String TOOLS =
            "'tools': [{'type': 'function', 'function': {'name': 'f', 'description': 'does',"
                    + " 'parameters': {'type': 'object'}}},"
                    + " {'type': 'function', 'function': {'name': 'g'}}]";
    private static final String F =
            "{'type':'function','function':{'name':'f','description':'does',"
                    + "'parameters':{'type':'object'}}}";
    private static final String G =
            "{'type':'function','function':{'name':'g',"
                    + "'parameters':{'type':'object','properties':{}}}}";
    private static final OllamaSettings SETTINGS =
            OllamaSettings.of(URI.create("http://127.0.0.1:11434"));

    private static String sent(ChatRequest request) {
        return sent(request, SETTINGS);
    }

    private static String sent(ChatRequest request, OllamaSettings settings) {
        return new String(new ChatRequests(settings).of(request), StandardCharsets.UTF_8)
                .replace('"', '\'');
    }

    private static void refused(ChatRequest request, String place) {
        Requested.refused(r -> sent(r), request, place);
    }

    private static String rest(String fields) {
        assertThat(sent(Requested.with(fields))).startsWith(HELLO);
        return sent(Requested.with(fields)).substring(HELLO.length());
    }

    @Test
    void aConversationWithPicturesThoughtsAndTools() {
        String sent =
                sent(
                        Requested.saying(
                                "{'role': 'developer', 'content': 'Be brief.'},"
                                        + "{'role': 'user', 'content': [{'type': 'text', 'text': 'a'},"
                                        + " {'type': 'image_url', 'image_url':"
                                        + " {'url': 'data:image/png;base64,AAAA'}},"
                                        + " {'type': 'text', 'text': 'b'}]},"
                                        + "{'role': 'assistant', 'reasoning_content': 'hm', 'tool_calls':"
                                        + " [{'id': 'c1', 'type': 'function', 'function':"
                                        + " {'name': 'f', 'arguments': '{}'}}]},"
                                        + "{'role': 'tool', 'tool_call_id': 'c1', 'content': '21'}"));

        assertThat(sent)
                .contains(
                        "'messages':[{'role':'system','content':'Be brief.'},"
                                + "{'role':'user','content':'ab','images':['AAAA']},"
                                + "{'role':'assistant','content':'','thinking':'hm','tool_calls':"
                                + "[{'id':'c1','function':{'name':'f','arguments':{}}}]},"
                                + "{'role':'tool','content':'21','tool_call_id':'c1',"
                                + "'tool_name':'f'}]");
    }

    @Test
    void argumentsGoAsTheyWereWritten() {
        ChatRequest.Builder request =
                Requested.saying(
                        "{'role': 'assistant', 'tool_calls': [{'id': 'c', 'type':"
                                + " 'function', 'function': {'name': 'f',"
                                + " 'arguments': 'no'}}]}")
                        .toBuilder();
        refused(request.build(), "messages[0].tool_calls[0].function.arguments");
        request.getMessagesBuilder(0)
                .getToolCallsBuilder(0)
                .getFunctionBuilder()
                .setArguments("{\"n\": 12345678901234567890.10}");

        assertThat(sent(request.build())).contains("'arguments':{'n': 12345678901234567890.10}");
    }

    @Test
    void samplingIsOptions() {
        assertThat(
                        rest(
                                "'temperature': 1.5, 'top_p': 0.5, 'seed': 7, 'stop': ['a'],"
                                        + " 'presence_penalty': 0.5, 'frequency_penalty': -0.5,"
                                        + " 'max_tokens': 9, 'top_k': 40"))
                .isEqualTo(
                        ",'options':{'temperature':1.5,'top_p':0.5,'seed':7,'stop':['a'],"
                                + "'presence_penalty':0.5,'frequency_penalty':-0.5,"
                                + "'num_predict':9,'top_k':40}}");
    }

    @Test
    void theConfigurationAddsContextAndTimeToKeep() {
        OllamaSettings settings =
                SETTINGS.model(new Facts("m", "us", Optional.empty(), OptionalInt.of(8192)))
                        .dialect(
                                new Dialect(
                                        Optional.of(Duration.ofMinutes(10)),
                                        true,
                                        Duration.ofMinutes(1),
                                        Set.of("registry.ollama.ai")));

        assertThat(sent(Requested.with("'temperature': 0"), settings))
                .endsWith(",'options':{'temperature':0.0,'num_ctx':8192},'keep_alive':'600s'}");
    }

    @Test
    void formsOfAnswers() {
        assertThat(rest("'response_format': {'type': 'json_object'}"))
                .isEqualTo(",'format':'json'}");
        assertThat(
                        rest(
                                "'response_format': {'type': 'json_schema', 'json_schema':"
                                        + " {'name': 'x', 'schema': {'type': 'object'}}}"))
                .isEqualTo(",'format':{'type':'object'}}");
        assertThat(rest("'response_format': {'type': 'text'}")).isEqualTo("}");
    }

    @Test
    void toolsMayBeCalled() {
        assertThat(rest(TOOLS)).isEqualTo(",'tools':[" + F + "," + G + "]}");
        assertThat(rest(TOOLS + ", 'tool_choice': 'none'")).isEqualTo("}");
        assertThat(
                        rest(
                                TOOLS
                                        + ", 'tool_choice': {'type': 'allowed_tools',"
                                        + " 'allowed_tools': {'mode': 'auto', 'tools': [{'type':"
                                        + " 'function', 'function': {'name': 'g'}}]}}"))
                .isEqualTo(",'tools':[" + G + "]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'tool_choice': 'required'            | tool_choice",
                "'tool_choice': {'type': 'function', 'function': {'name': 'f'}} | tool_choice",
                "'parallel_tool_calls': false         | parallel_tool_calls",
            })
    void nobodyCanBeMadeToCall(String field, String place) {
        refused(Requested.with(TOOLS + ", " + field), place);
    }

    @Test
    void thinkingAndProbabilities() {
        assertThat(rest("'reasoning_effort': 'high'")).isEqualTo(",'think':'high'}");
        assertThat(rest("'reasoning_effort': 'none'")).isEqualTo(",'think':false}");
        assertThat(rest("'think': true")).isEqualTo(",'think':true}");
        assertThat(rest("'logprobs': true, 'top_logprobs': 2"))
                .isEqualTo(",'logprobs':true,'top_logprobs':2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'n': 2                             | n",
                "'logit_bias': {'1': 1}             | logit_bias",
                "'modalities': ['audio']            | modalities",
                "'user': 'u'                        | user",
                "'service_tier': 'auto'             | service_tier",
                "'reasoning_effort': 'max'          | reasoning_effort",
                "'functions': [{'name': 'f'}]       | functions",
                "'prediction': {'type': 'content', 'content': 'x'} | prediction",
                "'num_gpu': 1                       | num_gpu",
                "'tools': [{'type': 'function', 'function': {'name': 'f', 'strict': true}}]"
                        + " | tools[0].function.strict",
                "'tools': [{'type': 'custom', 'custom': {'name': 'f'}}] | tools[0].custom",
            })
    void whatTheServerCannotDoIsRefusedByName(String field, String place) {
        refused(Requested.with(field), place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'image_url': {'url': 'https://x.example/a.png'} | url",
                "'image_url': {'url': 'data:text/plain;base64,AAAA'} | url",
                "'image_url': {'url': 'data:image/png;base64,AAAA', 'detail': 'low'} | detail",
            })
    void picturesThatTheServerCannotReadAreRefused(String image, String place) {
        refused(
                Requested.saying(
                        "{'role': 'user', 'content': [{'type': 'image_url', " + image + "}]}"),
                "messages[0].content[0].image_url." + place);
    }

    @Test
    void anAllowedNameIsAnOption() {
        Passing passing = new Passing(Set.of("num_gpu"), Set.of(), Set.of(), Set.of());

        assertThat(sent(Requested.with("'num_gpu': 1"), SETTINGS.passing(passing)))
                .endsWith(",'options':{'num_gpu':1}}");
    }
}
