package dev.tandem.llamacpp;

import dev.tandem.llamacpp.loop.LlamaModel;
import dev.tandem.llamacpp.template.PromptPart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A rendered prompt as tokens, in which nothing that a caller wrote becomes a control token. Where
 * no caller's text reads like a control token the prompt is tokenized as a whole, as the model was
 * trained; otherwise part by part, the callers' without control tokens.
 */
final class PromptTokens {
    private final LlamaModel model;
    private final List<String> controlTexts;

    PromptTokens(LlamaModel model) {
        this.model = model;
        this.controlTexts = model.vocabulary().controlTexts();
    }

    /**
     * The tokens of a prompt.
     *
     * @param mayAddSpecial put the beginning token in front where the model wants it and the prompt
     *     does not begin with it
     */
    int[] of(List<PromptPart> parts, boolean mayAddSpecial) throws InterruptedException {
        String whole = parts.stream().map(PromptPart::text).collect(Collectors.joining());
        String bos = model.bosToken();
        boolean addSpecial = mayAddSpecial && (bos.isEmpty() || !whole.startsWith(bos));
        if (!forged(parts, whole)) {
            return model.tokenize(whole, true, addSpecial);
        }
        List<int[]> tokens = new ArrayList<>();
        for (PromptPart part : parts) {
            tokens.add(model.tokenize(part.text(), part.trusted(), addSpecial && tokens.isEmpty()));
        }
        return tokens.stream().flatMapToInt(IntStream::of).toArray();
    }

    /** Does the text of a control token stand anywhere that is not wholly the template's? */
    private boolean forged(List<PromptPart> parts, String whole) {
        for (String control : controlTexts) {
            for (int at = whole.indexOf(control); at >= 0; at = whole.indexOf(control, at + 1)) {
                if (!trusted(parts, at, at + control.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean trusted(List<PromptPart> parts, int from, int to) {
        int start = 0;
        for (PromptPart part : parts) {
            int end = start + part.text().length();
            if (!part.trusted() && start < to && end > from) {
                return false;
            }
            start = end;
        }
        return true;
    }
}
