package dev.tandem.engines;

import java.util.List;

/**
 * A text in tokens.
 *
 * @param ids their numbers in the model's vocabulary
 * @param texts the text of each, where the request wants it; otherwise empty
 */
public record Tokens(List<Integer> ids, List<String> texts) {
    public Tokens {
        ids = List.copyOf(ids);
        texts = List.copyOf(texts);
    }
}
