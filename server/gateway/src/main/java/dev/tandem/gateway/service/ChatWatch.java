package dev.tandem.gateway.service;

import dev.tandem.engines.EngineReasons;
import dev.tandem.gateway.answer.AnswerCheck;
import dev.tandem.gateway.model.Generation;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Usage;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands between an engine and the client: keeps the usage, passes it on only where it was asked
 * for, and knows whether every choice came to its end. Used by the call's thread only.
 */
public final class ChatWatch implements Sink<ChatChunk> {
    private final Sink<ChatChunk> client;
    private final boolean includeUsage;
    private final Set<Integer> open = new HashSet<>(2);
    private boolean begun;
    private int pieces;
    private @Nullable Usage usage;
    private @Nullable Generation generation;
    private @Nullable AnswerCheck check;

    /** Watches what goes to a client. */
    public ChatWatch(Sink<ChatChunk> client, boolean includeUsage) {
        this.client = client;
        this.includeUsage = includeUsage;
    }

    /** What holds the answer against its form. */
    void check(AnswerCheck fitting) {
        check = fitting;
    }

    /** Who is told of each piece of the answer. */
    public void tell(Generation listener) {
        generation = listener;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same chunk: nothing was taken away
    public void send(ChatChunk chunk) {
        if (chunk.hasUsage()) {
            usage = chunk.getUsage(); // first: sending throws when the client has left
        }
        chunk.getChoicesList().forEach(this::follow);
        ChatChunk told = check == null ? chunk : check.pass(chunk);
        if (told.hasUsage() && !includeUsage) {
            told = told.toBuilder().clearUsage().build();
        }
        if (told == chunk || told.getChoicesCount() > 0 || told.hasUsage()) {
            client.send(told);
        }
    }

    private void follow(ChunkChoice choice) {
        begun = true;
        if (choice.hasFinishReason()) {
            open.remove(choice.getIndex());
        } else {
            open.add(choice.getIndex());
        }
        if (!choice.getDelta().getContent().isEmpty()
                || choice.getDelta().getToolCallsCount() > 0) {
            pieces++;
            if (generation != null) {
                generation.piece();
            }
        }
    }

    /**
     * To be called when the engine says that it is done: an answer never ends without a finish
     * reason, and never well where it is not what was asked for.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code upstream_error}, {@code answer_invalid}
     */
    public void requireEnd() {
        if (!begun || !open.isEmpty()) {
            throw ApiError.of(
                            EngineReasons.UPSTREAM_ERROR,
                            "The model's engine ended its answer without a finish reason; try again.")
                    .toException();
        }
        if (check != null) {
            check.requireValid();
        }
    }

    /** What the answer took until now. */
    public Spent spent(String model, boolean finished) {
        if (usage != null) {
            return new Spent(model, usage, true, finished);
        }
        Usage seen = Usage.newBuilder().setCompletionTokens(pieces).setTotalTokens(pieces).build();
        return new Spent(model, seen, false, finished);
    }
}
