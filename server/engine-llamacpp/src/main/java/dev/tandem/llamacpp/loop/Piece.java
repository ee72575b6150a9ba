package dev.tandem.llamacpp.loop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next part of a choice's text.
 *
 * @param choice from 0
 * @param text whole characters; may be empty where only logprobs or the end are told
 * @param logprobs of the tokens whose text ended with this piece; empty where not asked for
 * @param finish not null in the last piece of a choice
 */
public record Piece(
        int choice, String text, List<TokenLogprob> logprobs, @Nullable FinishReason finish) {}
