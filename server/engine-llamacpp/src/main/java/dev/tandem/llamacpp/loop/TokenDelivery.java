package dev.tandem.llamacpp.loop;

import org.jspecify.annotations.Nullable;

/**
 * From a row of logits to the reader: chooses the token, decides whether the choice ends, and puts
 * the piece into the box.
 */
final class TokenDelivery {
    private final Vocabulary vocabulary;
    private final int context;

    /**
     * @param context tokens that a slot holds
     */
    TokenDelivery(Vocabulary vocabulary, int context) {
        this.vocabulary = vocabulary;
        this.context = context;
    }

    /** Goes on with a choice by one token; its outbox has room for a piece. */
    void deliver(Generation generation, Choice choice, float[] logits) {
        int token = choice.sampler().next(logits);
        FinishReason finish =
                vocabulary.isEnd(token)
                        ? FinishReason.STOP
                        : append(generation, choice, token, logits);
        if (finish != null) {
            choice.text().finish();
            choice.end();
        }
        var piece =
                new Piece(
                        choice.index(),
                        choice.text().takeThoughts(),
                        choice.text().takeText(),
                        choice.text().takeCalls(),
                        choice.text().takeLogprobs(finish != null),
                        finish);
        if (!piece.isEmpty()) {
            generation.outbox().put(piece);
        }
    }

    private @Nullable FinishReason append(
            Generation generation, Choice choice, int token, float[] logits) {
        GenerationRequest request = generation.request();
        choice.follow(token);
        generation.countCompletion();
        choice.text()
                .add(
                        vocabulary.textBytes(token, request.form()),
                        request.wantsLogprobs()
                                ? Logits.logprob(logits, token, request.topLogprobs())
                                : null);
        if (choice.text().stopped()) {
            return FinishReason.STOP;
        }
        boolean contextIsFull = choice.slot().cached().size() >= context;
        return contextIsFull || choice.generated() == request.maxTokens()
                ? FinishReason.LENGTH
                : null;
    }
}
