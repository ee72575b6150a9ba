package dev.tandem.engines;

import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import dev.tandem.v1.Role;
import dev.tandem.v1.Usage;

/**
 * Says an answer in chunks of the contract: for engines that produce text rather than messages.
 * Used by the call's thread only; every method waits and throws as {@link Sink#send} does.
 */
public final class ChunkWriter {
    private final ChatChunk envelope;
    private final Sink<ChatChunk> sink;

    /**
     * @param envelope id, time and model, set in every chunk
     */
    public ChunkWriter(ChatChunk envelope, Sink<ChatChunk> sink) {
        this.envelope = envelope;
        this.sink = sink;
    }

    /** A choice's first chunk. */
    public void begin(int choice) {
        delta(choice, Delta.newBuilder().setRole(Role.ROLE_ASSISTANT).setContent("").build());
    }

    /** More text of a choice. */
    public void text(int choice, String text) {
        delta(choice, Delta.newBuilder().setContent(text).build());
    }

    /** More of a choice, of whatever kind. */
    public void delta(int choice, Delta delta) {
        choice(ChunkChoice.newBuilder().setIndex(choice).setDelta(delta).build());
    }

    /** A choice's last chunk: {@code stop}, {@code length}, {@code tool_calls}, … */
    public void finish(int choice, String reason) {
        choice(
                ChunkChoice.newBuilder()
                        .setIndex(choice)
                        .setDelta(Delta.getDefaultInstance())
                        .setFinishReason(reason)
                        .build());
    }

    /** One choice's news, as they are. */
    public void choice(ChunkChoice choice) {
        sink.send(envelope.toBuilder().addChoices(choice).build());
    }

    /** The last chunk of all; in tokens. */
    public void usage(int prompt, int completion) {
        usage(
                Usage.newBuilder()
                        .setPromptTokens(prompt)
                        .setCompletionTokens(completion)
                        .setTotalTokens(prompt + completion)
                        .build());
    }

    /** The last chunk of all. */
    public void usage(Usage usage) {
        sink.send(envelope.toBuilder().setUsage(usage).build());
    }
}
