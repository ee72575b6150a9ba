package dev.tandem.gateway.service;

import dev.tandem.v1.FunctionCall;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.ToolCall;
import dev.tandem.v1.ToolCallDelta;

/** One tool call of an answer, growing delta by delta. */
final class WholeToolCall {
    private String id = "";
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();

    void add(ToolCallDelta delta) {
        // some servers repeat id and name in each chunk: appending would double them
        if (!delta.getId().isEmpty()) {
            id = delta.getId();
        }
        FunctionCallDelta function = delta.getFunction();
        if (!function.getName().isEmpty()) {
            name = function.getName();
        }
        arguments.append(function.getArguments());
    }

    ToolCall toMessage() {
        return ToolCall.newBuilder()
                .setId(id)
                .setFunction(
                        FunctionCall.newBuilder().setName(name).setArguments(arguments.toString()))
                .build();
    }
}
