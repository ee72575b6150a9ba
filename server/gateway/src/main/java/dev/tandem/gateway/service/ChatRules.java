package dev.tandem.gateway.service;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Service;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.ResponseFormat;
import dev.tandem.v1.ResponseFormatType;
import io.grpc.MethodDescriptor;
import java.util.List;

/**
 * The rules of a chat request that join several fields, beyond those that the .proto files declare
 * of each. Each gives what is wrong, with the paths of the JSON.
 */
final class ChatRules {
    private ChatRules() {}

    /** Declares them for the methods of the service. */
    static Service.Builder declare(Service.Builder service) {
        both(service, ChatServiceGrpc.getCompleteMethod());
        both(service, ChatServiceGrpc.getStreamMethod());
        return service.rule(
                ChatServiceGrpc.getCompleteMethod(), ChatRules::streamOptions, "stream_options");
    }

    private static void both(Service.Builder service, MethodDescriptor<ChatRequest, ?> method) {
        service.rule(method, request -> MessageRules.of(request.getMessagesList()), "messages")
                .rule(method, ChatRules::logprobs, "logprobs", "top_logprobs")
                .rule(method, ToolRules::of, "tools", "tool_choice")
                .rule(method, LegacyFunctionRules::of, "functions", "function_call")
                .rule(method, ChatRules::responseFormat, "response_format")
                .rule(method, ChatRules::audio, "modalities", "audio");
    }

    static List<Violation> logprobs(ChatRequest request) {
        BrokenRules broken = new BrokenRules();
        if (request.getTopLogprobs() > 0 && !request.getLogprobs()) {
            broken.add("top_logprobs", "needs_logprobs", "Needs logprobs to be true.");
        }
        return broken.all();
    }

    static List<Violation> streamOptions(ChatRequest request) {
        BrokenRules broken = new BrokenRules();
        if (request.hasStreamOptions()) {
            broken.add("stream_options", "needs_stream", "Needs stream to be true.");
        }
        return broken.all();
    }

    static List<Violation> audio(ChatRequest request) {
        BrokenRules broken = new BrokenRules();
        if (request.getModalitiesList().contains("audio") && !request.hasAudio()) {
            broken.add("audio", "required", "Must be given where modalities has audio.");
        }
        return broken.all();
    }

    static List<Violation> responseFormat(ChatRequest request) {
        BrokenRules broken = new BrokenRules();
        if (request.hasResponseFormat()) {
            responseFormat(request.getResponseFormat(), broken);
        }
        return broken.all();
    }

    private static void responseFormat(ResponseFormat format, BrokenRules broken) {
        boolean schemaNeeded =
                format.getType() == ResponseFormatType.RESPONSE_FORMAT_TYPE_JSON_SCHEMA;
        if (schemaNeeded && !format.hasJsonSchema()) {
            broken.add(
                    "response_format.json_schema",
                    "required",
                    "Must be given for the type json_schema.");
        }
        if (!schemaNeeded && format.hasJsonSchema()) {
            broken.add("response_format.json_schema", "type", "Needs the type json_schema.");
        }
        if (format.getJsonSchema().hasSchema()) {
            JsonObjects.check(
                    "response_format.json_schema.schema",
                    format.getJsonSchema().getSchema(),
                    broken);
        }
    }
}
