package dev.tandem.gateway.service;

import dev.tandem.v1.CustomToolCall;
import dev.tandem.v1.FunctionCall;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.ToolCall;
import dev.tandem.v1.ToolCallDelta;

/** One tool call of an answer, growing delta by delta. */
final class WholeToolCall {
    private String id = "";
    private String name = "";
    private boolean custom;
    private final StringBuilder arguments = new StringBuilder(); // a custom tool's input

    void add(ToolCallDelta delta) {
        // some servers repeat id and name in each chunk: appending would double them
        if (!delta.getId().isEmpty()) {
            id = delta.getId();
        }
        if (delta.hasCustom()) {
            custom = true;
            add(delta.getCustom().getName(), delta.getCustom().getInput());
        }
        FunctionCallDelta function = delta.getFunction();
        add(function.getName(), function.getArguments());
    }

    private void add(String newName, String moreArguments) {
        if (!newName.isEmpty()) {
            name = newName;
        }
        arguments.append(moreArguments);
    }

    ToolCall toMessage() {
        ToolCall.Builder call = ToolCall.newBuilder().setId(id);
        if (custom) {
            call.setCustom(
                    CustomToolCall.newBuilder().setName(name).setInput(arguments.toString()));
        } else {
            call.setFunction(
                    FunctionCall.newBuilder().setName(name).setArguments(arguments.toString()));
        }
        return call.build();
    }
}
