package dev.tandem.llamacpp;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.FunctionTool;
import dev.tandem.v1.Role;
import dev.tandem.v1.Tool;
import dev.tandem.v1.ToolCallDelta;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What an engine answered to one request, put together as callers do it. */
record Answered(List<ChatChunk> chunks) {
    /** A call of a tool, its pieces joined. */
    record Called(String id, String type, String name, String arguments) {}

    static Call call(LoadedEngine loaded) {
        Head head =
                new Head(
                        Head.Wire.GRPC,
                        "POST",
                        "/",
                        null,
                        Map.of(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        return loaded.calls.open(head, null);
    }

    static Answered by(LoadedEngine loaded, ChatRequest.Builder request)
            throws InterruptedException {
        List<ChatChunk> chunks = new ArrayList<>();
        Call call = call(loaded);
        try {
            loaded.engine.chat(request.build(), ChatChunk.getDefaultInstance(), chunks::add, call);
        } finally {
            loaded.calls.close(call);
        }
        return new Answered(chunks);
    }

    static ChatMessage message(Role role, String text) {
        return ChatMessage.newBuilder()
                .setRole(role)
                .addContent(ContentPart.newBuilder().setText(text))
                .build();
    }

    static ChatRequest.Builder ask(String question) {
        return ChatRequest.newBuilder()
                .setModel("default")
                .addMessages(message(Role.ROLE_USER, question))
                .setTemperature(0)
                .setMaxTokens(200);
    }

    static Tool function(String name, String parameters) {
        return Tool.newBuilder()
                .setFunction(FunctionTool.newBuilder().setName(name).setParameters(parameters))
                .build();
    }

    List<ChunkChoice> choice(int index) {
        return chunks.stream()
                .flatMap(chunk -> chunk.getChoicesList().stream())
                .filter(choice -> choice.getIndex() == index)
                .toList();
    }

    String text(int index) {
        return choice(index).stream()
                .map(choice -> choice.getDelta().getContent())
                .collect(Collectors.joining());
    }

    String text() {
        return text(0);
    }

    String finish() {
        return choice(0).getLast().getFinishReason();
    }

    List<Called> called() {
        List<Called> calls = new ArrayList<>();
        for (ChunkChoice choice : choice(0)) {
            for (ToolCallDelta delta : choice.getDelta().getToolCallsList()) {
                if (delta.getIndex() == calls.size()) {
                    calls.add(
                            new Called(
                                    delta.getId(),
                                    delta.getType(),
                                    delta.getFunction().getName(),
                                    delta.getFunction().getArguments()));
                } else {
                    Called last = calls.get(delta.getIndex());
                    String more = last.arguments() + delta.getFunction().getArguments();
                    calls.set(
                            delta.getIndex(),
                            new Called(last.id(), last.type(), last.name(), more));
                }
            }
        }
        return calls;
    }
}
