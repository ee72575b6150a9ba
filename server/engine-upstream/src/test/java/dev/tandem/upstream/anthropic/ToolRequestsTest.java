package dev.tandem.upstream.anthropic;

import static dev.tandem.upstream.anthropic.Sent.TOOLS;
import static dev.tandem.upstream.anthropic.Sent.refused;
import static dev.tandem.upstream.anthropic.Sent.rest;
import static dev.tandem.upstream.anthropic.Sent.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.upstream.Requested;
import dev.tandem.v1.ChatRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools, their calls and their results, as the API takes them. */
class ToolRequestsTest {
    private static final String F =
            "{'name':'f','description':'does','input_schema':"
                    + "{'type':'object','properties':{'a':{'type':'number'}}}}";
    private static final String G =
            "{'name':'g','input_schema':{'type':'object','properties':{}},'strict':true}";

    @Test
    void callsOfToolsAndTheirResultsAreBlocks() {
        String sent =
                sent(
                        Requested.saying(
                                "{'role': 'user', 'content': 'Go'},"
                                        + "{'role': 'assistant', 'content': '', 'tool_calls': ["
                                        + "{'id': 'c1', 'type': 'function', 'function':"
                                        + " {'name': 'f', 'arguments': '{}'}},"
                                        + "{'id': 'c2', 'type': 'function', 'function':"
                                        + " {'name': 'g', 'arguments': ''}}]},"
                                        + "{'role': 'tool', 'tool_call_id': 'c1', 'content': '21'},"
                                        + "{'role': 'tool', 'tool_call_id': 'c2', 'content': '22'},"
                                        + "{'role': 'user', 'content': 'And?'}"));

        assertThat(sent)
                .contains(
                        "{'role':'assistant','content':["
                                + "{'type':'tool_use','id':'c1','name':'f','input':{}},"
                                + "{'type':'tool_use','id':'c2','name':'g','input':{}}]},"
                                + "{'role':'user','content':["
                                + "{'type':'tool_result','tool_use_id':'c1','content':"
                                + "[{'type':'text','text':'21'}]},"
                                + "{'type':'tool_result','tool_use_id':'c2','content':"
                                + "[{'type':'text','text':'22'}]},"
                                + "{'type':'text','text':'And?'}]}");
    }

    @Test
    void argumentsGoAsTheyWereWritten() {
        ChatRequest request =
                Requested.saying(
                        "{'role': 'user', 'content': 'Go'},{'role': 'assistant', 'tool_calls': ["
                                + "{'id': 'c', 'type': 'function', 'function':"
                                + " {'name': 'f', 'arguments': 'ARGUMENTS'}}]}");
        ChatRequest.Builder exact = request.toBuilder();
        exact.getMessagesBuilder(1)
                .getToolCallsBuilder(0)
                .getFunctionBuilder()
                .setArguments("{\"n\": 12345678901234567890.10}");

        assertThat(sent(exact.build())).contains("'input':{'n': 12345678901234567890.10}");
        refused(request, "messages[1].tool_calls[0].function.arguments");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'auto'     | {'type':'auto'}",
                "'none'     | {'type':'none'}",
                "'required' | {'type':'any'}",
                "{'type': 'function', 'function': {'name': 'g'}} | {'type':'tool','name':'g'}",
            })
    void toolsAndTheirChoice(String choice, String expected) {
        assertThat(rest(Requested.with(TOOLS + ", 'tool_choice': " + choice)))
                .isEqualTo(",'tools':[" + F + "," + G + "],'tool_choice':" + expected + "}");
    }

    @Test
    void allowedToolsAreThoseThatAreSent() {
        String choice =
                ", 'tool_choice': {'type': 'allowed_tools', 'allowed_tools': {'mode': 'required',"
                        + " 'tools': [{'type': 'function', 'function': {'name': 'NAME'}}]}}";

        assertThat(rest(Requested.with(TOOLS + choice.replace("NAME", "g"))))
                .isEqualTo(",'tools':[" + G + "],'tool_choice':{'type':'any'}}");
        refused(
                Requested.with(TOOLS + choice.replace("NAME", "h")),
                "tool_choice.allowed_tools.tools[0]");
    }

    @Test
    void oneCallAtATime() {
        assertThat(rest(Requested.with(TOOLS + ", 'parallel_tool_calls': false")))
                .endsWith("'tool_choice':{'type':'auto','disable_parallel_tool_use':true}}");
        assertThat(
                        rest(
                                Requested.with(
                                        TOOLS
                                                + ", 'parallel_tool_calls': false,"
                                                + " 'tool_choice': 'none'")))
                .endsWith("'tool_choice':{'type':'none'}}");
    }
}
