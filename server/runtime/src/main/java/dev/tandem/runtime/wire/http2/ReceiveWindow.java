package dev.tandem.runtime.wire.http2;

import java.util.function.IntConsumer;

/**
 * How much a client may send on all streams of one connection. The window is given back as bytes
 * arrive, so that a slow stream stops no other, unless very much lies in the inboxes already: then
 * as they are taken.
 */
final class ReceiveWindow {
    private final int most;
    private final IntConsumer windowUpdate;
    private long open = 65_535;
    private int toGiveBack;
    private int inInboxes;

    /**
     * A window of the connection.
     *
     * @param most bytes the client may be ahead, and bytes the inboxes may hold
     * @param windowUpdate sends WINDOW_UPDATE for the connection; does not block
     */
    ReceiveWindow(int most, IntConsumer windowUpdate) {
        this.most = most;
        this.windowUpdate = windowUpdate;
    }

    /** WINDOW_UPDATE for the connection is on its way to the client. */
    synchronized void granted(int increment) {
        open += increment;
    }

    /** DATA arrived; false when the client sent more than it may. */
    synchronized boolean arrived(int flowBytes) {
        open -= flowBytes;
        return open >= 0;
    }

    /**
     * Bytes that arrived for an owned stream or for none, and of which some now lie in an inbox.
     */
    void giveBack(int flowBytes, int intoInbox) {
        settle(flowBytes, intoInbox);
    }

    /** Bytes left an inbox. */
    void taken(int bytes) {
        if (bytes > 0) {
            settle(0, -bytes);
        }
    }

    /** Bytes in the inboxes of the connection's streams. */
    synchronized int held() {
        return inInboxes;
    }

    private void settle(int flowBytes, int intoInbox) {
        int give = 0;
        synchronized (this) {
            toGiveBack += flowBytes;
            inInboxes += intoInbox;
            if (toGiveBack >= most / 8 && inInboxes <= most) {
                give = toGiveBack;
                toGiveBack = 0;
            }
        }
        if (give > 0) {
            windowUpdate.accept(give);
        }
    }
}
