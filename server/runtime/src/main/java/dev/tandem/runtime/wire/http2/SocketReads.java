package dev.tandem.runtime.wire.http2;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's socket for the connection's thread. That thread reads by itself, unless uploads
 * wait for room in Helidon: then it must look after them as well, and another thread reads.
 */
final class SocketReads {
    private static final byte[] NOTHING = new byte[0];

    private final HelidonSocket socket;
    private final DataReader identified;
    private final Uploads uploads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Beside beside;
    private boolean roomAgain;

    /** One read on a thread of its own. */
    private static final class Beside {
        boolean done;
        byte @Nullable [] bytes;
        @Nullable ServerConnectionException failure;
    }

    /**
     * The reads of one connection.
     *
     * @param identified Helidon's reader, which holds the bytes that told the protocol
     */
    SocketReads(HelidonSocket socket, DataReader identified, Uploads uploads) {
        this.socket = socket;
        this.identified = identified;
        this.uploads = uploads;
        uploads.onRoom(this::roomAgain);
    }

    /**
     * Waits for the client's next bytes; null at the end of its side, an empty array when uploads
     * have room again.
     */
    byte @Nullable [] next() {
        if (identified.available() > 0) {
            return identified.readBuffer().readBytes();
        }
        return beside == null && !uploads.holdsBack() ? read() : readBeside();
    }

    private byte @Nullable [] read() {
        try {
            return socket.get();
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the client's socket failed", e);
        }
    }

    private byte @Nullable [] readBeside() {
        lock.lock();
        try {
            Beside read = beside;
            if (read == null) {
                read = new Beside();
                beside = read;
                start(read);
            }
            while (!read.done && !roomAgain) {
                changed.await();
            }
            if (roomAgain) {
                roomAgain = false;
                return NOTHING;
            }
            beside = null;
            if (read.failure != null) {
                throw read.failure;
            }
            return read.bytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerConnectionException("the connection is being closed", e);
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("IllegalCatch") // whatever ends the read, who waits for it must learn of it
    private void start(Beside read) {
        Thread.ofVirtual()
                .name("http2-reader")
                .start(() -> {
                    byte[] bytes = null;
                    ServerConnectionException failure = null;
                    try {
                        bytes = read();
                    } catch (RuntimeException e) {
                        failure = new ServerConnectionException("the client's socket failed", e);
                    }
                    done(read, bytes, failure);
                });
    }

    private void done(
            Beside read, byte @Nullable [] bytes, @Nullable ServerConnectionException failure) {
        lock.lock();
        try {
            read.bytes = bytes;
            read.failure = failure;
            read.done = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void roomAgain() {
        lock.lock();
        try {
            roomAgain = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
