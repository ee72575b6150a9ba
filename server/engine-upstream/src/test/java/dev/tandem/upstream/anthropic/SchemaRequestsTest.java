package dev.tandem.upstream.anthropic;

import static dev.tandem.upstream.anthropic.Sent.SETTINGS;
import static dev.tandem.upstream.anthropic.Sent.TOOLS;
import static dev.tandem.upstream.anthropic.Sent.refused;
import static dev.tandem.upstream.anthropic.Sent.rest;
import static dev.tandem.upstream.anthropic.Sent.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.upstream.Requested;
import dev.tandem.upstream.anthropic.AnthropicSettings.Dialect;
import dev.tandem.upstream.anthropic.AnthropicSettings.Structured;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers are held to a schema: by the server, or as the input of a tool. */
class SchemaRequestsTest {
    private static final String SCHEMA =
            "'response_format': {'type': 'json_schema', 'json_schema': {'name': 'x',"
                    + " 'description': 'a thing', 'schema': {'type': 'object'}}}";

    private static String schema(String schema) {
        return "'response_format': {'type': 'json_schema', 'json_schema': {'name': 'x',"
                + " 'schema': "
                + schema
                + "}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object','additionalProperties':false}",
                "{'type':'object','properties':{'a':{'type':'array','items':{'$ref':'#/$defs/A'}},"
                        + "'b':{'anyOf':[{'type':'string'},{'type':'null'}]},'c':{'enum':[{}]}},"
                        + "'additionalProperties':false,'$defs':{'A':{'type':['object','null'],"
                        + "'additionalProperties':false}}}",
                "{'type':'array','items':{'type':'object'}}",
            })
    void schemasAreTheServersMatter(String schema) {
        assertThat(rest(Requested.with(schema(schema))))
                .isEqualTo(
                        ",'output_config':{'format':{'type':'json_schema','schema':"
                                + schema
                                + "}}}");
    }

    /** The API answers them with 400. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'object'}",
                "{'type':'object','additionalProperties':true}",
                "{'type':'object','properties':{'a':{'type':'object'}},'additionalProperties':false}",
                "{'type':'object','properties':{'a':{}},'additionalProperties':false}",
                "{'type':'object','properties':{'a':{'type':'array','items':"
                        + "{'type':['object','null']}}},'additionalProperties':false}",
                "{'type':'object','properties':{'a':{'anyOf':[{'type':'null'},"
                        + "{'$ref':'#/$defs/A'}]}},'additionalProperties':false,"
                        + "'$defs':{'A':{'type':'object','properties':{}}}}",
            })
    void schemasThatAreNotClosedAreAToolsInput(String schema) {
        assertThat(rest(Requested.with(schema(schema))))
                .isEqualTo(
                        ",'tools':[{'name':'answer','description':'The answer.','input_schema':"
                                + schema
                                + "}],'tool_choice':{'type':'tool','name':'answer',"
                                + "'disable_parallel_tool_use':true}}");
    }

    @Test
    void theNameOfTheAnswersToolIsTaken() {
        String tools =
                "'tools': [{'type': 'function', 'function': {'name': 'f'}},"
                        + "{'type': 'function', 'function': {'name': 'answer'}}]";
        String object = ", 'response_format': {'type': 'json_object'}";
        String onlyF =
                ", 'tool_choice': {'type': 'allowed_tools', 'allowed_tools': {'mode': 'auto',"
                        + " 'tools': [{'type': 'function', 'function': {'name': 'f'}}]}}";

        refused(Requested.with(tools + object), "tools[1].function.name");
        refused(Requested.with(tools + ", " + SCHEMA), "tools[1].function.name");
        assertThat(rest(Requested.with(tools + object + onlyF))).contains("'name':'answer'");
        assertThat(rest(Requested.with(tools))).contains("'name':'answer'");
        assertThat(
                        rest(
                                Requested.with(
                                        tools
                                                + ", "
                                                + schema(
                                                        "{'type':'object',"
                                                                + "'additionalProperties':false}"))))
                .contains("'name':'answer'")
                .contains("'output_config'");
    }

    @Test
    void schemasCanBeAToolsInput() {
        AnthropicSettings older =
                SETTINGS.dialect(new Dialect("2023-06-01", List.of(), 4096, Structured.TOOL));

        String closed = SCHEMA.replace("'object'", "'object', 'additionalProperties': false");

        assertThat(sent(Requested.with(closed), older))
                .endsWith(
                        ",'tools':[{'name':'answer','description':'a thing','input_schema':"
                                + "{'type':'object','additionalProperties':false}}],'tool_choice':"
                                + "{'type':'tool','name':'answer',"
                                + "'disable_parallel_tool_use':true}}");
    }

    @Test
    void anyObjectIsAToolsInput() {
        String format = "'response_format': {'type': 'json_object'}";

        assertThat(rest(Requested.with(format)))
                .contains("'tool_choice':{'type':'tool','name':'answer'");
        assertThat(rest(Requested.with(TOOLS + ", " + format)))
                .contains("'tool_choice':{'type':'any','disable_parallel_tool_use':true}");
        refused(
                Requested.with(TOOLS + ", 'tool_choice': 'required', " + format),
                "response_format");
    }
}
