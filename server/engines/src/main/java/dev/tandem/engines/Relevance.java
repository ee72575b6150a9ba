package dev.tandem.engines;

import java.util.List;

/**
 * How well documents answer a query.
 *
 * @param scores one for each document, in the documents' order; 0 to 1, more is better
 * @param promptTokens tokens that were read, the query's as often as it was
 */
public record Relevance(List<Double> scores, int promptTokens) {
    public Relevance {
        scores = List.copyOf(scores);
    }
}
