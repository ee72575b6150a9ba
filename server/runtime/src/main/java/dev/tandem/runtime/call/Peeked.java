package dev.tandem.runtime.call;

import org.jspecify.annotations.Nullable;

/**
 * A source whose first message was read: for policies that look at it before the handler does. It
 * has passed the rules by then, and a slow client keeps nobody waiting any more.
 *
 * @param <Q> the request message
 */
public final class Peeked<Q> implements Source<Q> {
    private final Source<Q> source;
    private final @Nullable Q first;
    private boolean taken;

    private Peeked(Source<Q> source, @Nullable Q first) {
        this.source = source;
        this.first = first;
    }

    /** Waits for the first message; throws as {@link Source#next}. */
    public static <Q> Peeked<Q> of(Source<Q> source) throws InterruptedException {
        return source instanceof Peeked<Q> peeked && !peeked.taken
                ? peeked
                : new Peeked<>(source, source.next());
    }

    /** The first message; null where the client sent none. */
    public @Nullable Q first() {
        return first;
    }

    @Override
    public @Nullable Q next() throws InterruptedException {
        if (taken) {
            return source.next();
        }
        taken = true;
        return first;
    }
}
