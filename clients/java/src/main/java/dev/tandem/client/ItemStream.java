package dev.tandem.client;

import dev.tandem.v1.ExtractedItem;
import dev.tandem.v1.ItemEvent;
import dev.tandem.v1.ItemsEnd;
import io.grpc.Status;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The items of a list that is read out of a text, each as soon as it is complete and valid; {@link
 * MessageStream} says what holds of reading, closing and threads.
 *
 * @param <T> the items
 */
public final class ItemStream<T> implements Iterable<T>, AutoCloseable {
    private final MessageStream<ItemEvent> events;
    private final Items<T> items;

    ItemStream(MessageStream<ItemEvent> events, Function<ExtractedItem, T> read) {
        this.events = events;
        items = new Items<>(events.iterator(), read);
    }

    /**
     * The items that are still to come, always by the same iterator.
     *
     * @throws TandemException by its methods, where the call fails: the items that came stay valid
     */
    @Override
    public Iterator<T> iterator() {
        return items;
    }

    /**
     * What is told of the list when all its items were read: what it took, and which items were
     * {@linkplain ItemsEnd#getRejectedList() rejected}, which are not among the items.
     *
     * @throws IllegalStateException before
     */
    public ItemsEnd end() {
        if (items.end == null) {
            throw new IllegalStateException("Read all items first.");
        }
        return items.end;
    }

    /** Ends the call, unless it has come to its end. */
    @Override
    public void close() {
        events.close();
    }

    private static final class Items<T> implements Iterator<T> {
        private final Iterator<ItemEvent> events;
        private final Function<ExtractedItem, T> read;
        private @Nullable ExtractedItem next;
        private @Nullable ItemsEnd end;

        Items(Iterator<ItemEvent> events, Function<ExtractedItem, T> read) {
            this.events = events;
            this.read = read;
        }

        @Override
        public boolean hasNext() {
            while (next == null && end == null) {
                if (!events.hasNext()) {
                    throw TandemException.ours(
                            Status.Code.INTERNAL, "The list has no end; call again.", null);
                }
                take(events.next());
            }
            return next != null;
        }

        private void take(ItemEvent event) {
            if (event.hasItem()) {
                next = event.getItem();
            } else if (event.hasEnd()) {
                end = event.getEnd();
            }
        }

        @Override
        public T next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("The list has ended.");
            }
            ExtractedItem item = next;
            next = null;
            return read.apply(item);
        }
    }
}
