package dev.tandem.gateway.extract;

import dev.tandem.gateway.answer.InvalidAnswer;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import dev.tandem.structured.check.SchemaCheck;
import dev.tandem.structured.check.Violation;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.ToolCallDelta;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes an answer as it comes and hands on what of it is JSON. Where the model is to call a tool,
 * that is the arguments of its first call, or its words where it called none. Used by the call's
 * thread.
 */
final class AnswerPieces implements Sink<ChatChunk> {
    private final boolean tool;
    private final Consumer<String> listener;
    private final Call call;
    private final StringBuilder words = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
    private final StringBuilder json = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final JsonInText finder = new JsonInText();
    private String finishReason = "";

    /**
     * @param listener takes the pieces of the JSON
     */
    AnswerPieces(boolean tool, Consumer<String> listener, Call call) {
        this.tool = tool;
        this.listener = listener;
        this.call = call;
    }

    @Override
    public void send(ChatChunk chunk) {
        call.check(); // nothing may be sent for long, so that no other would notice
        for (ChunkChoice choice : chunk.getChoicesList()) {
            if (choice.getIndex() == 0) {
                take(choice);
            }
        }
    }

    private void take(ChunkChoice choice) {
        refusal.append(choice.getDelta().getRefusal());
        add(words, choice.getDelta().getContent(), !tool);
        for (ToolCallDelta delta : choice.getDelta().getToolCallsList()) {
            if (delta.getIndex() == 0) {
                add(arguments, delta.getFunction().getArguments(), tool);
            }
        }
        if (choice.hasFinishReason()) {
            finishReason = choice.getFinishReason();
        }
    }

    private void add(StringBuilder text, String piece, boolean counts) {
        if (text.length() + piece.length() > SchemaCheck.MAX_CHARACTERS) {
            Violation tooLong =
                    new Violation("", "limit", "the answer is longer than this server checks");
            throw InvalidAnswer.error(InvalidAnswer.violations("value", List.of(tooLong)))
                    .toException();
        }
        text.append(piece);
        if (counts) {
            find(piece);
        }
    }

    private void find(String piece) {
        String found = finder.take(piece);
        if (!found.isEmpty()) {
            json.append(found);
            listener.accept(found);
        }
    }

    /** To be called when the model has said all. */
    Answer answer() {
        boolean called = tool && !arguments.isEmpty();
        if (tool && !called) {
            find(words.toString());
        }
        return new Answer(
                called ? arguments.toString() : words.toString(),
                json.toString(),
                finder.complete(),
                finishReason,
                refusal.toString());
    }
}
