package dev.tandem.upstream.anthropic;

import static dev.tandem.upstream.anthropic.Sent.SETTINGS;
import static dev.tandem.upstream.anthropic.Sent.refused;
import static dev.tandem.upstream.anthropic.Sent.rest;
import static dev.tandem.upstream.anthropic.Sent.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.upstream.Requested;
import dev.tandem.upstream.ask.Passing;
import dev.tandem.v1.ChatRequest;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request becomes for the API: its messages, fields, and what is refused. */
class MessageRequestsTest {
    @Test
    void instructionsStandApartAndNeighboursOfARoleAreOneTurn() {
        String sent =
                sent(
                        Requested.saying(
                                "{'role': 'system', 'content': 'Be brief.'},"
                                        + "{'role': 'user', 'content': 'One'},"
                                        + "{'role': 'user', 'content': [{'type': 'text', 'text': 'Two'}]},"
                                        + "{'role': 'developer', 'content': 'Be kind.'},"
                                        + "{'role': 'assistant', 'content': 'Three'},"
                                        + "{'role': 'user', 'content': 'Four'}"));

        assertThat(sent)
                .isEqualTo(
                        "{'model':'m','max_tokens':4096,'stream':true,"
                                + "'system':[{'type':'text','text':'Be brief.'},"
                                + "{'type':'text','text':'Be kind.'}],'messages':["
                                + "{'role':'user','content':[{'type':'text','text':'One'},"
                                + "{'type':'text','text':'Two'}]},"
                                + "{'role':'assistant','content':[{'type':'text','text':'Three'}]},"
                                + "{'role':'user','content':[{'type':'text','text':'Four'}]}]}");
    }

    @Test
    void picturesAreSourcesByTheirAddress() {
        ChatRequest request =
                Requested.saying(
                        "{'role': 'user', 'content': [{'type': 'image_url', 'image_url':"
                                + " {'url': 'data:image/png;base64,AAAA'}},"
                                + "{'type': 'image_url', 'image_url':"
                                + " {'url': 'https://pics.example.com/a.png'}}]}");
        Passing usual = AnthropicSettings.PASSING;
        AnthropicSettings fetching =
                SETTINGS.passing(
                        new Passing(
                                usual.request(),
                                usual.message(),
                                usual.answer(),
                                Set.of("pics.example.com")));

        assertThat(sent(request, fetching))
                .contains(
                        "[{'type':'image','source':{'type':'base64','media_type':'image/png',"
                                + "'data':'AAAA'}},{'type':'image','source':{'type':'url',"
                                + "'url':'https://pics.example.com/a.png'}}]");
        refused(request, "messages[0].content[1].image_url.url");
        refused(
                Requested.saying(
                        "{'role': 'user', 'content': [{'type': 'image_url', 'image_url':"
                                + " {'url': 'data:image/tiff;base64,AAAA'}}]}"),
                "messages[0].content[0].image_url.url");
    }

    @Test
    void samplingAndLimits() {
        assertThat(
                        rest(
                                Requested.with(
                                        "'temperature': 1, 'top_p': 0.5, 'stop': ['a', 'b'],"
                                                + " 'top_k': 7, 'thinking': {'type': 'adaptive'}")))
                .startsWith(",'temperature':1.0,'top_p':0.5,'stop_sequences':['a','b']")
                .contains("'top_k':7")
                .contains("'thinking':{'type':'adaptive'}");
        assertThat(sent(Requested.with("'max_tokens': 5"))).contains("'max_tokens':5,");
        assertThat(sent(Requested.with("'max_tokens': 5, 'max_completion_tokens': 6")))
                .contains("'max_tokens':6,");
    }

    @Test
    void serviceEffortAndWhoAsks() {
        assertThat(
                        rest(
                                Requested.with(
                                        "'user': 'u', 'safety_identifier': 's',"
                                                + " 'service_tier': 'default',"
                                                + " 'reasoning_effort': 'high',"
                                                + " 'metadata': {'note': 'mine'}")))
                .isEqualTo(
                        ",'output_config':{'effort':'high'},'metadata':{'user_id':'s'},"
                                + "'service_tier':'standard_only'}");
    }

    @Test
    void cacheHintsMarkTheirParts() {
        String sent =
                sent(
                        Requested.saying(
                                "{'role': 'user', 'content': ["
                                        + "{'type': 'text', 'text': 'a', 'prompt_cache_breakpoint':"
                                        + " {'mode': 'explicit'}},"
                                        + "{'type': 'text', 'text': 'b', 'prompt_cache_breakpoint':"
                                        + " {'mode': 'explicit', 'ttl': '30m'}},"
                                        + "{'type': 'text', 'text': 'c', 'cache_control':"
                                        + " {'type': 'ephemeral', 'ttl': '5m'}}]}"));

        assertThat(sent)
                .contains("'text':'a','cache_control':{'type':'ephemeral'}}")
                .contains("'text':'b','cache_control':{'type':'ephemeral','ttl':'1h'}}")
                .contains(
                        "'text':'c','cache_control':{'type': 'ephemeral', 'ttl': '5m'}}"
                                .replace(": ", ":")
                                .replace(", ", ","));
        assertThat(rest(Requested.with("'prompt_cache_options': {'mode': 'implicit'}")))
                .isEqualTo(",'cache_control':{'type':'ephemeral'}}");
        refused(
                Requested.saying(
                        "{'role': 'user', 'content': [{'type': 'text', 'text': 'a',"
                                + " 'prompt_cache_breakpoint': {'mode': 'explicit',"
                                + " 'ttl': '12h'}}]}"),
                "messages[0].content[0].prompt_cache_breakpoint.ttl");
    }

    @Test
    void signedThoughtsGoBackBeforeWhatWasSaid() {
        String sent =
                sent(
                        Requested.saying(
                                "{'role': 'user', 'content': 'a'},{'role': 'assistant', 'content': 'b',"
                                        + " 'reasoning_content': 'hm', 'thinking_blocks': [{'type':"
                                        + " 'thinking', 'thinking': 'hm', 'signature': 'S'}]},"
                                        + "{'role': 'user', 'content': 'c'}"));

        assertThat(sent)
                .contains(
                        "'content':[{'type':'thinking','thinking':'hm','signature':'S'},"
                                + "{'type':'text','text':'b'}]")
                .doesNotContain("reasoning_content");
        refused(
                Requested.saying(
                        "{'role': 'user', 'content': 'a'},{'role': 'assistant', 'content': 'b',"
                                + " 'thinking_blocks': [{'type': 'text', 'text': 'x'}]}"),
                "messages[1].thinking_blocks");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'n': 2                            | n",
                "'logprobs': true                  | logprobs",
                "'top_logprobs': 3                 | top_logprobs",
                "'seed': 0                         | seed",
                "'presence_penalty': 0.5           | presence_penalty",
                "'frequency_penalty': 0.5          | frequency_penalty",
                "'logit_bias': {'1': 1}            | logit_bias",
                "'temperature': 1.5                | temperature",
                "'modalities': ['text', 'audio']   | modalities",
                "'audio': {'format': 'wav', 'voice': 'a'} | audio",
                "'prediction': {'type': 'content', 'content': 'x'} | prediction",
                "'web_search_options': {}          | web_search_options",
                "'functions': [{'name': 'f'}]      | functions",
                "'function_call': 'auto'           | function_call",
                "'verbosity': 'low'                | verbosity",
                "'store': true                     | store",
                "'prompt_cache_key': 'k'           | prompt_cache_key",
                "'prompt_cache_retention': '24h'   | prompt_cache_retention",
                "'service_tier': 'flex'            | service_tier",
                "'reasoning_effort': 'minimal'     | reasoning_effort",
                "'tool_choice': 'required'         | tool_choice",
                "'top_q': 1                        | top_q",
            })
    void whatTheServerCannotDoIsRefusedByName(String field, String place) {
        refused(Requested.with(field), place);
    }

    @Test
    void valuesThatAskForNothingAreNoMatter() {
        assertThat(
                        rest(
                                Requested.with(
                                        "'n': 1, 'logprobs': false, 'presence_penalty': 0,"
                                                + " 'store': false, 'modalities': ['text']")))
                .isEqualTo("}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'role': 'user', 'content': 'a', 'name': 'n'} | messages[0].name",
                "{'role': 'function', 'name': 'f', 'content': 'a'} | messages[0].name",
                "{'role': 'user', 'content': [{'type': 'file', 'file': {}}]}"
                        + " | messages[0].content[0].file",
                "{'role': 'user', 'content': ''} | messages",
                "{'role': 'user', 'content': 'a', 'foo': 1} | messages[0].foo",
            })
    void messagesThatTheServerCannotReadAreRefused(String message, String place) {
        refused(Requested.saying(message), place);
    }
}
