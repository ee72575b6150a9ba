package dev.tandem.llamacpp;

import dev.tandem.engines.Refusal;
import dev.tandem.llamacpp.loop.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The texts of tokens, control tokens by their names. */
final class TokenTexts {
    private TokenTexts() {}

    /** The text of one; where it begins or ends inside a character, U+FFFD stands for the piece. */
    static String of(int token, Vocabulary vocabulary) {
        return new String(vocabulary.bytes(token), StandardCharsets.UTF_8);
    }

    /**
     * The text of all.
     *
     * @param field where the request has them
     * @throws dev.tandem.runtime.call.ApiException {@code unsupported_value} for one that is not in
     *     the vocabulary
     */
    static String join(List<Integer> ids, Vocabulary vocabulary, String field) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < ids.size(); i++) {
            int id = ids.get(i);
            if (!vocabulary.has(id)) {
                throw Refusal.unsupportedValue(
                        field,
                        "The token %s at place %d is not in this model's vocabulary, whose tokens are 0 to %d."
                                .formatted(Integer.toUnsignedString(id), i, vocabulary.size() - 1));
            }
            bytes.writeBytes(vocabulary.bytes(id));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
