package dev.tandem.upstream.openai;

import dev.tandem.runtime.call.Sink;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.upstream.ask.UpstreamErrors;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Usage;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A conversation's answer: under this server's envelope, each choice from its role to its finish
 * reason, the usage at the end.
 */
final class ChatRelay implements Relay {
    /** As many as a request may ask for. */
    private static final int MOST_CHOICES = 128;

    private final JsonCodec chunks;
    private final JsonCodec completions;
    private final ChatChunk envelope;
    private final Sink<ChatChunk> sink;
    private final Set<String> extras;
    private final UpstreamErrors errors;
    private final Map<Integer, ChoiceRelay> choices = new HashMap<>(2);
    private @Nullable Usage usage;

    /**
     * @param extras the names of the fields beyond the contract that go through
     */
    ChatRelay(
            JsonCodecs codecs,
            ChatChunk envelope,
            Sink<ChatChunk> sink,
            Set<String> extras,
            UpstreamErrors errors) {
        chunks = codecs.of(ChatChunk.getDefaultInstance());
        completions = codecs.of(ChatCompletion.getDefaultInstance());
        this.envelope = envelope;
        this.sink = sink;
        this.extras = extras;
        this.errors = errors;
    }

    @Override
    public void event(byte[] json, int offset, int length) throws JsonException {
        take((ChatChunk) chunks.read(json, offset, length));
    }

    @Override
    public void whole(byte[] json) throws JsonException {
        take(WholeChats.toChunk((ChatCompletion) completions.read(json)));
    }

    private void take(ChatChunk told) {
        if (told.getExtraCount() > 0) {
            errors.throwIfTold(told.getExtraMap());
        }
        if (told.hasUsage()) {
            usage = told.getUsage();
        }
        ChatChunk.Builder news = envelope.toBuilder();
        for (int i = 0; i < told.getChoicesCount(); i++) {
            ChunkChoice own = follow(told.getChoices(i));
            if (own != null) {
                news.addChoices(own);
            }
        }
        if (told.getExtraCount() > 0) {
            told.getExtraMap()
                    .forEach((name, json) -> {
                        if (extras.contains(name)) {
                            news.putExtra(name, json);
                        }
                    });
        }
        if (told.hasModeration()) {
            news.setModeration(told.getModeration());
        }
        if (news.getChoicesCount() > 0 || news.hasModeration() || news.getExtraCount() > 0) {
            sink.send(stamped(news, told));
        }
    }

    private static ChatChunk stamped(ChatChunk.Builder news, ChatChunk told) {
        if (told.hasSystemFingerprint()) {
            news.setSystemFingerprint(told.getSystemFingerprint());
        }
        if (told.hasServiceTier()) {
            news.setServiceTier(told.getServiceTier());
        }
        if (told.hasObfuscation()) {
            news.setObfuscation(told.getObfuscation());
        }
        return news.build();
    }

    private @Nullable ChunkChoice follow(ChunkChoice told) {
        int index = told.getIndex();
        if (index < 0 || index >= MOST_CHOICES) {
            throw errors.broken("it numbers its choices as the API does not");
        }
        if (FinishReasons.isFailure(told.getFinishReason())) {
            throw errors.broken("it gave up in the middle of its answer");
        }
        ChoiceRelay choice = choices.get(index);
        if (choice == null) {
            choice = new ChoiceRelay(index, extras, "call_" + envelope.getId() + "_" + index + "_");
            choices.put(index, choice);
        }
        return choice.follow(told);
    }

    @Override
    public void end() {
        if (choices.isEmpty()) {
            throw errors.broken("its answer has no choice");
        }
        if (!choices.values().stream().allMatch(ChoiceRelay::finished)) {
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
