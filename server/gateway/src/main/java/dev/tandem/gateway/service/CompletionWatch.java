package dev.tandem.gateway.service;

import dev.tandem.engines.EngineReasons;
import dev.tandem.gateway.model.Generation;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TextCompletionChoice;
import dev.tandem.v1.Usage;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands between an engine, which continues one prompt after the other, and the client: numbers the
 * choices of all prompts, adds up the usage, and knows whether every choice came to its end. Used
 * by the call's thread only.
 */
final class CompletionWatch implements Sink<TextCompletion> {
    private final Sink<TextCompletion> client;
    private final int choicesOfAPrompt;
    private final Generation generation;
    private final Set<Integer> open = new HashSet<>(2);
    private int prompt = -1;
    private boolean begun;
    private int pieces;
    private int counted;
    private @Nullable Usage usage;

    CompletionWatch(Sink<TextCompletion> client, int choicesOfAPrompt, Generation generation) {
        this.client = client;
        this.choicesOfAPrompt = choicesOfAPrompt;
        this.generation = generation;
    }

    /** What comes from now on is of the next prompt. */
    void beginPrompt() {
        prompt++;
        begun = false;
    }

    @Override
    public void send(TextCompletion message) {
        if (message.hasUsage()) {
            count(message.getUsage()); // first: sending throws when the client has left
        }
        if (message.getChoicesCount() == 0) {
            return;
        }
        TextCompletion.Builder news = message.toBuilder().clearUsage();
        for (int i = 0; i < news.getChoicesCount(); i++) {
            TextCompletionChoice choice = news.getChoices(i);
            follow(choice);
            news.setChoices(
                    i, choice.toBuilder().setIndex(prompt * choicesOfAPrompt + choice.getIndex()));
        }
        client.send(news.build());
    }

    private void count(Usage more) {
        counted = prompt + 1;
        usage = usage == null ? more : Usages.sum(usage, more);
    }

    private void follow(TextCompletionChoice choice) {
        begun = true;
        if (choice.hasFinishReason()) {
            open.remove(choice.getIndex());
        } else {
            open.add(choice.getIndex());
        }
        if (!choice.getText().isEmpty()) {
            pieces++;
            generation.piece();
        }
    }

    /**
     * To be called when the engine says that it is done with a prompt.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code upstream_error}
     */
    void requireEnd() {
        if (!begun || !open.isEmpty()) {
            throw ApiError.of(
                            EngineReasons.UPSTREAM_ERROR,
                            "The model's engine ended its answer without a finish reason; try again.")
                    .toException();
        }
    }

    /** Sends the usage of all prompts, in a message like this one. */
    void sendUsage(TextCompletion envelope) {
        Usage all = usage;
        if (all != null) {
            client.send(envelope.toBuilder().setUsage(all).build());
        }
    }

    /** What the answer took until now. */
    Spent spent(String model, boolean finished) {
        Usage told = usage;
        if (told != null) {
            return new Spent(model, told, counted == prompt + 1, finished);
        }
        Usage seen = Usage.newBuilder().setCompletionTokens(pieces).setTotalTokens(pieces).build();
        return new Spent(model, seen, false, finished);
    }
}
