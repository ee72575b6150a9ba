package dev.tandem.onnx;

import dev.tandem.engines.Refusal;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.v1.EmbeddingInput;
import dev.tandem.v1.EmbeddingRequest;
import dev.tandem.v1.RerankRequest;
import dev.tandem.v1.TokenIds;
import java.util.ArrayList;
import java.util.List;

/** The tokens of a request's texts, checked: what is returned, the model can compute. */
final class Inputs {
    private final WordPiece words;
    private final Call call;

    /**
     * @param call ends the work when it is cancelled
     */
    Inputs(WordPiece words, Call call) {
        this.words = words;
        this.call = call;
    }

    /** The inputs in their order. */
    List<int[]> of(EmbeddingRequest request) {
        List<int[]> texts = new ArrayList<>(request.getInputCount());
        for (int i = 0; i < request.getInputCount(); i++) {
            texts.add(one(request.getInput(i), "input[" + i + "]"));
        }
        return texts;
    }

    /** The query, then the documents in their order. */
    List<int[]> of(RerankRequest request) {
        List<int[]> texts = new ArrayList<>(1 + request.getDocumentsCount());
        texts.add(text(request.getQuery(), "query"));
        for (int i = 0; i < request.getDocumentsCount(); i++) {
            texts.add(text(request.getDocuments(i).getText(), "documents[" + i + "]"));
        }
        return texts;
    }

    private int[] one(EmbeddingInput input, String param) {
        return input.hasTokens()
                ? fitting(ids(input.getTokens(), param), param)
                : text(input.getText(), param);
    }

    private int[] text(String text, String param) {
        if (text.isEmpty()) {
            throw Refusal.unsupportedValue(param, "There is no text; leave the input out.");
        }
        return fitting(words.encode(text, call::check), param);
    }

    private int[] ids(TokenIds tokens, String param) {
        if (tokens.getIdsCount() == 0) {
            throw Refusal.unsupportedValue(param, "There are no tokens; leave the input out.");
        }
        call.check();
        return known(tokens.getIdsList(), param);
    }

    /** The same ids, all of them in the vocabulary. */
    int[] known(List<Integer> tokens, String param) {
        int[] ids = new int[tokens.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = tokens.get(i);
            if (Integer.compareUnsigned(ids[i], words.size()) >= 0) {
                throw unknown(param + "[" + i + "]", ids[i]);
            }
        }
        return ids;
    }

    private ApiException unknown(String param, int id) {
        return Refusal.unsupportedValue(
                param,
                "This model has no token %s; its tokens are 0 to %d, and not those of OpenAI's models."
                        .formatted(Integer.toUnsignedString(id), words.size() - 1));
    }

    private int[] fitting(int[] ids, String param) {
        int[] framed = words.frame(ids);
        if (framed.length > MiniLm.CONTEXT) {
            throw Refusal.contextLengthExceeded(
                    param,
                    "This model's maximum context length is %d tokens, but this text has %d, [CLS] and [SEP] included; split it."
                            .formatted(MiniLm.CONTEXT, framed.length));
        }
        return framed;
    }
}
