package dev.tandem.testing;

import dev.tandem.engines.Relevance;
import dev.tandem.v1.RerankDocument;
import dev.tandem.v1.RerankRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A document is as relevant as the share of the query's words that it has; a token is a byte. */
final class ScriptedRanks {
    private ScriptedRanks() {}

    static Relevance of(RerankRequest request) {
        Set<String> wanted = words(request.getQuery());
        List<Double> scores = new ArrayList<>();
        int tokens = 0;
        for (RerankDocument document : request.getDocumentsList()) {
            Set<String> found = words(document.getText());
            found.retainAll(wanted);
            scores.add((double) found.size() / wanted.size());
            tokens +=
                    ByteTokens.split(request.getQuery()).size()
                            + ByteTokens.split(document.getText()).size();
        }
        return new Relevance(scores, tokens);
    }

    private static Set<String> words(String text) {
        return new HashSet<>(List.of(text.split(" ", -1)));
    }
}
