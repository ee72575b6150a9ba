package dev.tandem.llamacpp;

import dev.tandem.engines.Refusal;
import dev.tandem.llamacpp.loop.LlamaModel;
import dev.tandem.llamacpp.loop.Vocabulary;
import dev.tandem.v1.Prompt;
import java.util.List;

/**
 * The prompt of a completion.
 *
 * @param text what an echo of it says
 * @param tokens what the model reads
 * @param hidden how many tokens at the begin are not the caller's: the one that begins a text, or
 *     none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record TextPrompt(String text, int[] tokens, int hidden) {

    /** The names of control tokens in a text are text; nothing is put in front of tokens. */
    static TextPrompt of(Prompt prompt, LlamaModel model) throws InterruptedException {
        TextPrompt made =
                prompt.hasTokens()
                        ? ofTokens(prompt.getTokens().getIdsList(), model.vocabulary())
                        : ofText(prompt.getText(), model);
        if (made.tokens.length == 0) {
            throw Refusal.unsupportedValue(
                    "prompt", "This model cannot begin with nothing; give a text or tokens.");
        }
        return made;
    }

    private static TextPrompt ofText(String text, LlamaModel model) throws InterruptedException {
        int[] tokens = model.tokenize(text, false, true);
        return new TextPrompt(text, tokens, model.vocabulary().addsBos() ? 1 : 0);
    }

    private static TextPrompt ofTokens(List<Integer> ids, Vocabulary vocabulary) {
        return new TextPrompt(
                TokenTexts.join(ids, vocabulary, "prompt"),
                ids.stream().mapToInt(Integer::intValue).toArray(),
                0);
    }
}
