package dev.tandem.gateway.service;

import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TextCompletionChoice;
import dev.tandem.v1.TextLogprobs;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of continuations together. Pieces of several choices may come in any mixture.
 * Used by one thread.
 */
final class WholeText implements Sink<TextCompletion> {
    private final TextCompletion.Builder whole = TextCompletion.newBuilder();
    private final SortedMap<Integer, Choice> choices = new TreeMap<>();
    private final Map<String, String> extra = new TreeMap<>();

    @Override
    public void send(TextCompletion piece) {
        whole.setId(piece.getId()).setCreated(piece.getCreated()).setModel(piece.getModel());
        if (piece.hasSystemFingerprint()) {
            whole.setSystemFingerprint(piece.getSystemFingerprint());
        }
        if (piece.hasUsage()) {
            whole.setUsage(piece.getUsage());
        }
        for (TextCompletionChoice news : piece.getChoicesList()) {
            choices.computeIfAbsent(news.getIndex(), index -> new Choice()).add(news);
        }
        extra.putAll(piece.getExtraMap());
    }

    /** The answer of all pieces so far. */
    TextCompletion toMessage() {
        TextCompletion.Builder message = whole.clone().putAllExtra(extra);
        choices.forEach((index, choice) -> message.addChoices(choice.toMessage(index)));
        return message.build();
    }

    private static final class Choice {
        private final StringBuilder text = new StringBuilder();
        private TextLogprobs.@Nullable Builder logprobs;
        private @Nullable String finishReason;

        void add(TextCompletionChoice news) {
            text.append(news.getText());
            if (news.hasLogprobs()) {
                logprobs = logprobs == null ? TextLogprobs.newBuilder() : logprobs;
                logprobs.mergeFrom(news.getLogprobs()); // its lists grow
            }
            if (news.hasFinishReason()) {
                finishReason = news.getFinishReason();
            }
        }

        TextCompletionChoice toMessage(int index) {
            TextCompletionChoice.Builder choice =
                    TextCompletionChoice.newBuilder().setIndex(index).setText(text.toString());
            if (logprobs != null) {
                choice.setLogprobs(logprobs);
            }
            if (finishReason != null) {
                choice.setFinishReason(finishReason);
            }
            return choice.build();
        }
    }
}
