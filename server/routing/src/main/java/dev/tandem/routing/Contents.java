package dev.tandem.routing;

import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TextCompletionChoice;
import dev.tandem.v1.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the messages of an answer carry.
 *
 * @param <R> the message
 */
interface Contents<R> {
    /** Has the answer begun for its reader with this message? A role or a finish is not enough. */
    boolean begins(R message);

    /** What the call took, where the message tells it. */
    @Nullable Usage usage(R message);

    /** Of conversations. */
    Contents<ChatChunk> CHAT =
            new Contents<>() {
                @Override
                public boolean begins(ChatChunk chunk) {
                    for (ChunkChoice choice : chunk.getChoicesList()) {
                        if (carries(choice.getDelta())) {
                            return true;
                        }
                    }
                    return false;
                }

                @Override
                public @Nullable Usage usage(ChatChunk chunk) {
                    return chunk.hasUsage() ? chunk.getUsage() : null;
                }
            };

    /** Of continued texts. */
    Contents<TextCompletion> TEXT =
            new Contents<>() {
                @Override
                public boolean begins(TextCompletion message) {
                    for (TextCompletionChoice choice : message.getChoicesList()) {
                        if (!choice.getText().isEmpty()) {
                            return true;
                        }
                    }
                    return false;
                }

                @Override
                public @Nullable Usage usage(TextCompletion message) {
                    return message.hasUsage() ? message.getUsage() : null;
                }
            };

    private static boolean carries(Delta delta) {
        return !delta.getContent().isEmpty()
                || !delta.getRefusal().isEmpty()
                || delta.getToolCallsCount() > 0
                || delta.hasAudio()
                || delta.hasFunctionCall()
                || delta.getAnnotationsCount() > 0
                || (delta.getExtraCount() > 0 && saysMore(delta.getExtraMap()));
    }

    /** Values are JSON. */
    private static boolean saysMore(Map<String, String> extra) {
        return extra.values().stream()
                .anyMatch(json ->
                        !json.equals("null")
                                && !json.equals("\"\"")
                                && !json.equals("[]")
                                && !json.equals("{}"));
    }
}
