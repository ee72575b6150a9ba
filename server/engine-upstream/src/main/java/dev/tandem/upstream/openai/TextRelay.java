package dev.tandem.upstream.openai;

import dev.tandem.runtime.call.Sink;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.upstream.ask.UpstreamErrors;
import dev.tandem.v1.TextCompletion;
import dev.tandem.v1.TextCompletionChoice;
import dev.tandem.v1.Usage;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The continuation of a prompt: as {@link ChatRelay} has it for conversations. */
final class TextRelay implements Relay {
    private static final int MOST_CHOICES = 128;

    private final JsonCodec codec;
    private final TextCompletion envelope;
    private final Sink<TextCompletion> sink;
    private final Set<String> extras;
    private final UpstreamErrors errors;
    private final Map<Integer, Boolean> finished = new HashMap<>(2); // by choice
    private @Nullable Usage usage;

    /**
     * @param extras the names of the fields beyond the contract that go through
     */
    TextRelay(
            JsonCodecs codecs,
            TextCompletion envelope,
            Sink<TextCompletion> sink,
            Set<String> extras,
            UpstreamErrors errors) {
        codec = codecs.of(TextCompletion.getDefaultInstance());
        this.envelope = envelope;
        this.sink = sink;
        this.extras = extras;
        this.errors = errors;
    }

    @Override
    public void event(byte[] json, int offset, int length) throws JsonException {
        take((TextCompletion) codec.read(json, offset, length));
    }

    @Override
    public void whole(byte[] json) throws JsonException {
        event(json, 0, json.length);
    }

    private void take(TextCompletion told) {
        errors.throwIfTold(told.getExtraMap());
        if (told.hasUsage()) {
            usage = told.getUsage();
        }
        TextCompletion.Builder news = envelope.toBuilder();
        for (TextCompletionChoice choice : told.getChoicesList()) {
            if (follow(choice)) {
                news.addChoices(own(choice));
            }
        }
        if (news.getChoicesCount() == 0) {
            return;
        }
        told.getExtraMap()
                .forEach((name, json) -> {
                    if (extras.contains(name)) {
                        news.putExtra(name, json);
                    }
                });
        if (told.hasSystemFingerprint()) {
            news.setSystemFingerprint(told.getSystemFingerprint());
        }
        sink.send(news.build());
    }

    /** Is it news? */
    private boolean follow(TextCompletionChoice told) {
        int index = told.getIndex();
        if (index < 0 || index >= MOST_CHOICES) {
            throw errors.broken("it numbers its choices as the API does not");
        }
        if (FinishReasons.isFailure(told.getFinishReason())) {
            throw errors.broken("it gave up in the middle of its answer");
        }
        boolean ends = !told.getFinishReason().isEmpty();
        Boolean before = finished.put(index, ends || finished.getOrDefault(index, false));
        boolean empty = told.getText().isEmpty() && !told.hasLogprobs() && !ends;
        return before == null || (!before && !empty);
    }

    private static TextCompletionChoice own(TextCompletionChoice told) {
        TextCompletionChoice.Builder own = told.toBuilder();
        if (told.getFinishReason().isEmpty()) {
            return own.clearFinishReason().build();
        }
        return own.setFinishReason(FinishReasons.of(told.getFinishReason())).build();
    }

    @Override
    public void end() {
        if (finished.isEmpty()) {
            throw errors.broken("its answer has no choice");
        }
        if (finished.containsValue(false)) {
            throw errors.broken("it ended its answer without a finish reason");
        }
        leave();
    }

    @Override
    public void leave() {
        Usage told = usage;
        if (told != null) {
            sink.send(envelope.toBuilder().setUsage(told).build());
        }
    }
}
