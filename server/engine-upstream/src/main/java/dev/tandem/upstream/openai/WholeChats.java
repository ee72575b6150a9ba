package dev.tandem.upstream.openai;

import dev.tandem.v1.AssistantMessage;
import dev.tandem.v1.AudioDelta;
import dev.tandem.v1.ChatChoice;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.CustomToolCallDelta;
import dev.tandem.v1.Delta;
import dev.tandem.v1.FunctionCall;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.ToolCall;
import dev.tandem.v1.ToolCallDelta;

/** An answer that came whole, as one chunk with all of it. */
final class WholeChats {
    private WholeChats() {}

    static ChatChunk toChunk(ChatCompletion whole) {
        ChatChunk.Builder chunk = ChatChunk.newBuilder().putAllExtra(whole.getExtraMap());
        if (whole.hasUsage()) {
            chunk.setUsage(whole.getUsage());
        }
        if (whole.hasServiceTier()) {
            chunk.setServiceTier(whole.getServiceTier());
        }
        if (whole.hasSystemFingerprint()) {
            chunk.setSystemFingerprint(whole.getSystemFingerprint());
        }
        if (whole.hasModeration()) {
            chunk.setModeration(whole.getModeration());
        }
        whole.getChoicesList().forEach(choice -> chunk.addChoices(choice(choice)));
        return chunk.build();
    }

    private static ChunkChoice choice(ChatChoice choice) {
        ChunkChoice.Builder own =
                ChunkChoice.newBuilder()
                        .setIndex(choice.getIndex())
                        .setDelta(delta(choice.getMessage()));
        if (choice.hasLogprobs()) {
            own.setLogprobs(choice.getLogprobs());
        }
        if (choice.hasFinishReason()) {
            own.setFinishReason(choice.getFinishReason());
        }
        return own.build();
    }

    private static Delta delta(AssistantMessage message) {
        Delta.Builder delta =
                Delta.newBuilder()
                        .addAllAnnotations(message.getAnnotationsList())
                        .putAllExtra(message.getExtraMap());
        if (message.hasContent()) {
            delta.setContent(message.getContent());
        }
        if (message.hasRefusal()) {
            delta.setRefusal(message.getRefusal());
        }
        if (message.hasFunctionCall()) {
            delta.setFunctionCall(function(message.getFunctionCall()));
        }
        if (message.hasAudio()) {
            delta.setAudio(
                    AudioDelta.newBuilder()
                            .setId(message.getAudio().getId())
                            .setData(message.getAudio().getData())
                            .setExpiresAt(message.getAudio().getExpiresAt())
                            .setTranscript(message.getAudio().getTranscript()));
        }
        for (int i = 0; i < message.getToolCallsCount(); i++) {
            delta.addToolCalls(toolCall(i, message.getToolCalls(i)));
        }
        return delta.build();
    }

    private static ToolCallDelta toolCall(int index, ToolCall call) {
        ToolCallDelta.Builder own = ToolCallDelta.newBuilder().setIndex(index).setId(call.getId());
        if (call.hasCustom()) {
            return own.setType("custom")
                    .setCustom(
                            CustomToolCallDelta.newBuilder()
                                    .setName(call.getCustom().getName())
                                    .setInput(call.getCustom().getInput()))
                    .build();
        }
        return own.setType("function").setFunction(function(call.getFunction())).build();
    }

    private static FunctionCallDelta function(FunctionCall call) {
        return FunctionCallDelta.newBuilder()
                .setName(call.getName())
                .setArguments(call.getArguments())
                .build();
    }
}
