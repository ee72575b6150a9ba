package dev.tandem.client;

import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An answer of a chat as the model writes it; {@link MessageStream} says what holds of reading,
 * closing and threads.
 */
public final class ChatStream implements Iterable<ChatChunk>, AutoCloseable {
    private final MessageStream<ChatChunk> chunks;

    ChatStream(MessageStream<ChatChunk> chunks) {
        this.chunks = chunks;
    }

    /** The pieces that are still to come, always by the same iterator. */
    @Override
    public Iterator<ChatChunk> iterator() {
        return chunks.iterator();
    }

    /**
     * The pieces of text that are still to come, of the first choice. What else the chunks carry is
     * passed over.
     */
    public Iterable<String> texts() {
        return () -> pieces().iterator();
    }

    /** Waits for all of the text that is still to come, of the first choice. */
    public String text() {
        return pieces().collect(Collectors.joining());
    }

    private Stream<String> pieces() {
        return StreamSupport.stream(spliterator(), false)
                .flatMap(chunk -> chunk.getChoicesList().stream())
                .filter(choice -> choice.getIndex() == 0)
                .map(ChunkChoice::getDelta)
                .map(Delta::getContent)
                .filter(text -> !text.isEmpty());
    }

    /** Ends the call, unless it has come to its end; the model stops. */
    @Override
    public void close() {
        chunks.close();
    }
}
