package dev.tandem.gateway.service;

import dev.tandem.v1.Annotation;
import dev.tandem.v1.AssistantMessage;
import dev.tandem.v1.ChatChoice;
import dev.tandem.v1.ChoiceLogprobs;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import dev.tandem.v1.FunctionCall;
import dev.tandem.v1.FunctionCallDelta;
import dev.tandem.v1.Role;
import dev.tandem.v1.ToolCallDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One choice of an answer, growing delta by delta. */
final class WholeChoice {
    private final int index;
    private Role role = Role.ROLE_ASSISTANT;
    private final StringBuilder content = new StringBuilder();
    private @Nullable StringBuilder refusal;
    private final SortedMap<Integer, WholeToolCall> toolCalls = new TreeMap<>();
    private final List<Annotation> annotations = new ArrayList<>(0);
    private FunctionCall.@Nullable Builder functionCall;
    private @Nullable WholeAudio audio;
    private ChoiceLogprobs.@Nullable Builder logprobs;
    private @Nullable String finishReason;
    private final Map<String, String> extra = new TreeMap<>();

    WholeChoice(int index) {
        this.index = index;
    }

    void add(ChunkChoice news) {
        delta(news.getDelta());
        if (news.hasLogprobs()) {
            if (logprobs == null) {
                logprobs = ChoiceLogprobs.newBuilder();
            }
            logprobs.mergeFrom(news.getLogprobs()); // its lists grow
        }
        if (news.hasFinishReason()) {
            finishReason = news.getFinishReason();
        }
    }

    private void delta(Delta delta) {
        if (delta.hasRole()) {
            role = delta.getRole();
        }
        content.append(delta.getContent());
        if (delta.hasRefusal()) {
            if (refusal == null) {
                refusal = new StringBuilder();
            }
            refusal.append(delta.getRefusal());
        }
        for (ToolCallDelta call : delta.getToolCallsList()) {
            toolCalls.computeIfAbsent(call.getIndex(), i -> new WholeToolCall()).add(call);
        }
        seldom(delta);
        delta.getExtraMap().forEach((name, json) -> extra.merge(name, json, WholeChoice::join));
    }

    private void seldom(Delta delta) {
        annotations.addAll(delta.getAnnotationsList());
        if (delta.hasFunctionCall()) {
            functionCall = functionCall == null ? FunctionCall.newBuilder() : functionCall;
            add(delta.getFunctionCall(), functionCall);
        }
        if (delta.hasAudio()) {
            audio = audio == null ? new WholeAudio() : audio;
            audio.add(delta.getAudio());
        }
    }

    private static void add(FunctionCallDelta delta, FunctionCall.Builder call) {
        if (!delta.getName().isEmpty()) {
            call.setName(delta.getName());
        }
        call.setArguments(call.getArguments() + delta.getArguments());
    }

    /** Texts are appended ({@code reasoning_content}); of other JSON values the last one counts. */
    private static String join(String before, String json) {
        return isText(before) && isText(json)
                ? before.substring(0, before.length() - 1) + json.substring(1)
                : json;
    }

    private static boolean isText(String json) {
        return json.length() >= 2 && json.startsWith("\"") && json.endsWith("\"");
    }

    ChatChoice toMessage() {
        ChatChoice.Builder choice = ChatChoice.newBuilder().setIndex(index).setMessage(message());
        if (logprobs != null) {
            choice.setLogprobs(logprobs);
        }
        if (finishReason != null) {
            choice.setFinishReason(finishReason);
        }
        return choice.build();
    }

    private AssistantMessage message() {
        AssistantMessage.Builder message = AssistantMessage.newBuilder().setRole(role);
        // SDKs want null beside tool calls alone, but a text, be it empty, where nothing else is
        if (!content.isEmpty() || !saysOtherwise()) {
            message.setContent(content.toString());
        }
        if (refusal != null) {
            message.setRefusal(refusal.toString());
        }
        toolCalls.values().forEach(call -> message.addToolCalls(call.toMessage()));
        message.addAllAnnotations(annotations);
        if (functionCall != null) {
            message.setFunctionCall(functionCall);
        }
        if (audio != null) {
            message.setAudio(audio.toMessage());
        }
        return message.putAllExtra(extra).build();
    }

    private boolean saysOtherwise() {
        return !toolCalls.isEmpty() || refusal != null || functionCall != null || audio != null;
    }
}
