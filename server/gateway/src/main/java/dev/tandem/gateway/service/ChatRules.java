package dev.tandem.gateway.service;

import com.google.protobuf.Struct;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.ResponseFormat;
import dev.tandem.v1.ResponseFormatType;
import dev.tandem.v1.Role;
import dev.tandem.v1.ToolChoice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of a chat request that join several fields, beyond those that the .proto files declare
 * of each. All that are broken are told at once, with the paths of the JSON.
 */
final class ChatRules {
    private static final JsonCodec OBJECT =
            new JsonCodecs(Profile.CANONICAL).of(Struct.getDefaultInstance());

    private final ChatRequest request;
    private final List<Violation> broken = new ArrayList<>(0);

    private ChatRules(ChatRequest request) {
        this.request = request;
    }

    /** What is wrong with a request for a whole answer; empty where nothing is. */
    static List<Violation> ofComplete(ChatRequest request) {
        ChatRules rules = new ChatRules(request);
        rules.messages();
        rules.logprobs();
        rules.streamOptions();
        rules.tools();
        rules.responseFormat();
        return rules.broken;
    }

    /** What is wrong with a request for a streamed answer; empty where nothing is. */
    static List<Violation> ofStream(ChatRequest request) {
        ChatRules rules = new ChatRules(request);
        rules.messages();
        rules.logprobs();
        rules.tools();
        rules.responseFormat();
        return rules.broken;
    }

    private void messages() {
        for (int i = 0; i < request.getMessagesCount(); i++) {
            message("messages[" + i + "]", request.getMessages(i));
        }
    }

    private void message(String path, ChatMessage message) {
        if (message.getContentCount() == 0 && !mayLackContent(message)) {
            breaks(path + ".content", "required", "Must be given.");
        }
        if (message.getRole() == Role.ROLE_TOOL) {
            if (message.getToolCallId().isEmpty()) {
                breaks(
                        path + ".tool_call_id",
                        "required",
                        "Must name the tool call that this message answers.");
            }
        } else if (message.hasToolCallId()) {
            breaks(path + ".tool_call_id", "role", "May stand in a message of role tool only.");
        }
        if (message.getToolCallsCount() > 0 && message.getRole() != Role.ROLE_ASSISTANT) {
            breaks(path + ".tool_calls", "role", "May stand in a message of role assistant only.");
        }
    }

    private static boolean mayLackContent(ChatMessage message) {
        return message.getRole() == Role.ROLE_ASSISTANT
                && (message.getToolCallsCount() > 0 || message.hasRefusal());
    }

    private void logprobs() {
        if (request.getTopLogprobs() > 0 && !request.getLogprobs()) {
            breaks("top_logprobs", "needs_logprobs", "Needs logprobs to be true.");
        }
    }

    private void streamOptions() {
        if (request.hasStreamOptions()) {
            breaks("stream_options", "needs_stream", "Needs stream to be true.");
        }
    }

    private void tools() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < request.getToolsCount(); i++) {
            FunctionTool function = request.getTools(i).getFunction();
            String path = "tools[" + i + "].function";
            if (!names.add(function.getName())) {
                breaks(
                        path + ".name",
                        "unique",
                        "Is the name of an earlier tool; names must differ.");
            }
            if (function.hasParameters()) {
                schema(path + ".parameters", function.getParameters());
            }
        }
        if (request.hasToolChoice()) {
            toolChoice(request.getToolChoice(), names);
        }
    }

    private void toolChoice(ToolChoice choice, Set<String> names) {
        if (choice.getMode().equals("none")) {
            return;
        }
        if (names.isEmpty()) {
            breaks("tool_choice", "needs_tools", "Needs tools to choose from.");
        } else if (choice.hasFunction() && !names.contains(choice.getFunction().getName())) {
            breaks(
                    "tool_choice.function.name",
                    "unknown_tool",
                    "Must be the name of one of the tools.");
        }
    }

    private void responseFormat() {
        ResponseFormat format = request.getResponseFormat();
        boolean schemaNeeded =
                format.getType() == ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA;
        if (schemaNeeded && !format.hasJsonSchema()) {
            breaks(
                    "response_format.json_schema",
                    "required",
                    "Must be given for the type json_schema.");
        }
        if (!schemaNeeded && format.hasJsonSchema()) {
            breaks("response_format.json_schema", "type", "Needs the type json_schema.");
        }
        if (format.getJsonSchema().hasSchema()) {
            schema("response_format.json_schema.schema", format.getJsonSchema().getSchema());
        }
    }

    /** The wires that carry JSON look after its form; gRPC carries any text. */
    private void schema(String path, String json) {
        try {
            OBJECT.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            breaks(path, "type", "Must be a JSON object.");
        }
    }

    private void breaks(String field, String rule, String message) {
        broken.add(new Violation(field, rule, message));
    }
}
