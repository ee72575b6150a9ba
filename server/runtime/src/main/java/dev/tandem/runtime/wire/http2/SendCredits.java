package dev.tandem.runtime.wire.http2;

import io.helidon.http.http2.FlowControl;

/**
 * What the client says about its windows, applied to the streams of one connection (RFC 9113,
 * section 6.9).
 */
final class SendCredits {
    private final SendWindow window;
    private final StreamTable streams;
    private final OwnedSenders senders;

    SendCredits(SendWindow window, StreamTable streams, OwnedSenders senders) {
        this.window = window;
        this.streams = streams;
        this.senders = senders;
    }

    /** A new stream begins, with the client's initial window. */
    void open(TrackedStream stream) {
        window.lock.lock();
        try {
            switch (stream) {
                case Owned owned -> owned.sendWindow = window.initial;
                case Plain plain -> plain.credit = window.initial;
            }
            streams.add(stream);
        } finally {
            window.lock.unlock();
        }
    }

    /** Helidon's thread of a plain stream reports for work. */
    void begin(Plain stream, FlowControl.Outbound helidonWindow) {
        window.lock.lock();
        try {
            stream.begin(helidonWindow, window);
        } finally {
            window.lock.unlock();
        }
    }

    /** WINDOW_UPDATE for a stream; false when its window grew over 2^31-1. */
    boolean stream(TrackedStream stream, int increment) {
        window.lock.lock();
        try {
            boolean fits = add(stream, increment);
            senders.advance();
            return fits;
        } finally {
            window.lock.unlock();
        }
    }

    /** WINDOW_UPDATE for the connection; false when its window grew over 2^31-1. */
    boolean connection(int increment) {
        window.lock.lock();
        try {
            window.connection += increment;
            senders.advance();
            return window.connection <= Frames.MAX_WINDOW;
        } finally {
            window.lock.unlock();
        }
    }

    /**
     * A new SETTINGS_INITIAL_WINDOW_SIZE, which holds for the streams in progress too and may leave
     * them a negative window (section 6.9.2); false when a window grew over 2^31-1.
     */
    boolean initialWindow(int size) {
        window.lock.lock();
        try {
            int more = size - window.initial;
            window.initial = size;
            boolean fits = true;
            for (TrackedStream stream : streams.all()) {
                fits &= add(stream, more);
            }
            senders.advance();
            return fits;
        } finally {
            window.lock.unlock();
        }
    }

    private boolean add(TrackedStream stream, int more) {
        return switch (stream) {
            case Owned owned -> {
                owned.sendWindow += more;
                senders.wake(owned);
                yield owned.sendWindow <= Frames.MAX_WINDOW;
            }
            case Plain plain -> {
                plain.credit += more;
                plain.grant(window);
                yield plain.room() <= Frames.MAX_WINDOW;
            }
        };
    }
}
