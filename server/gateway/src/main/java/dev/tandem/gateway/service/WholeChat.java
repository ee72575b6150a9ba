package dev.tandem.gateway.service;

import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChunkChoice;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the chunks of an answer together to the whole answer. Chunks of several choices may come in
 * any mixture. Used by one thread.
 */
final class WholeChat implements Sink<ChatChunk> {
    private final ChatCompletion.Builder whole = ChatCompletion.newBuilder();
    private final SortedMap<Integer, WholeChoice> choices = new TreeMap<>();
    private final Map<String, String> extra = new TreeMap<>();

    @Override
    public void send(ChatChunk chunk) {
        envelope(chunk);
        for (ChunkChoice choice : chunk.getChoicesList()) {
            choices.computeIfAbsent(choice.getIndex(), WholeChoice::new).add(choice);
        }
        if (chunk.hasUsage()) {
            whole.setUsage(chunk.getUsage());
        }
        if (chunk.hasModeration()) {
            whole.setModeration(chunk.getModeration());
        }
        extra.putAll(chunk.getExtraMap());
    }

    private void envelope(ChatChunk chunk) {
        whole.setId(chunk.getId()).setCreated(chunk.getCreated()).setModel(chunk.getModel());
        if (chunk.hasServiceTier()) {
            whole.setServiceTier(chunk.getServiceTier());
        }
        if (chunk.hasSystemFingerprint()) {
            whole.setSystemFingerprint(chunk.getSystemFingerprint());
        }
    }

    /** The answer of all chunks so far. */
    ChatCompletion toMessage() {
        ChatCompletion.Builder message = whole.clone().putAllExtra(extra);
        choices.values().forEach(choice -> message.addChoices(choice.toMessage()));
        return message.build();
    }
}
