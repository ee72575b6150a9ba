package dev.tandem.llamacpp.loop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next part of a choice's text.
 *
 * @param choice from 0
 * @param thoughts more of what it thinks, before all else
 * @param text more of its content: whole characters; may be empty where only logprobs or the end
 *     are told
 * @param calls more of its calls, as the model writes them, behind all else
 * @param logprobs of the tokens whose content ended with this piece; empty where not asked for
 * @param finish not null in the last piece of a choice
 */
public record Piece(
        int choice,
        String thoughts,
        String text,
        String calls,
        List<TokenLogprob> logprobs,
        @Nullable FinishReason finish) {
    /** Whether it tells nothing. */
    boolean isEmpty() {
        return thoughts.isEmpty()
                && text.isEmpty()
                && calls.isEmpty()
                && logprobs.isEmpty()
                && finish == null;
    }
}
