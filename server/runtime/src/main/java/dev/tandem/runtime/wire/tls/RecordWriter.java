package dev.tandem.runtime.wire.tls;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.HelidonSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** Encrypts what is sent. Any thread may write; records leave in the order of their encryption. */
final class RecordWriter {
    private final HelidonSocket socket;
    private final SSLEngine engine;
    private final PacketBuffers buffers;
    private final ReentrantLock lock = new ReentrantLock();

    RecordWriter(HelidonSocket socket, SSLEngine engine, PacketBuffers buffers) {
        this.socket = socket;
        this.engine = engine;
        this.buffers = buffers;
    }

    /** Sends the bytes; waits while the client does not read. */
    void write(BufferData data) throws SSLException {
        lock.lock();
        PacketBuffers.Pair pair = buffers.borrow();
        try {
            while (!data.consumed()) {
                ByteBuffer plain = ByteBuffer.wrap(pair.plain());
                data.writeTo(plain, Math.min(data.available(), plain.remaining()));
                plain.flip();
                while (plain.hasRemaining()) {
                    if (wrap(plain, pair.packet()) == 0) {
                        throw new SSLException("the connection is closing");
                    }
                }
            }
        } finally {
            buffers.giveBack(pair);
            lock.unlock();
        }
    }

    /** Sends what the engine itself has to say, if anything: handshake, alert, close_notify. */
    void flush() throws SSLException {
        lock.lock();
        try {
            flushLocked();
        } finally {
            lock.unlock();
        }
    }

    /**
     * As {@link #flush()}, unless another thread writes: its next record takes the engine's words
     * with it. So a reader never waits for a client that does not read.
     */
    void flushUnlessBusy() throws SSLException {
        if (lock.tryLock()) {
            try {
                flushLocked();
            } finally {
                lock.unlock();
            }
        }
    }

    private void flushLocked() throws SSLException {
        PacketBuffers.Pair pair = buffers.borrow();
        try {
            ByteBuffer nothing = ByteBuffer.wrap(pair.plain(), 0, 0);
            int produced;
            do {
                produced = wrap(nothing, pair.packet());
            } while (produced > 0
                    && engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP);
        } finally {
            buffers.giveBack(pair);
        }
    }

    /** Encrypts and sends one record; returns its size, 0 where nothing may be sent any more. */
    private int wrap(ByteBuffer plain, byte[] packet) throws SSLException {
        SSLEngineResult result = engine.wrap(plain, ByteBuffer.wrap(packet));
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            throw new SSLException(
                    "records of %d bytes are not supported"
                            .formatted(engine.getSession().getPacketBufferSize()));
        }
        int produced = result.bytesProduced();
        if (produced > 0) {
            socket.write(BufferData.create(packet, 0, produced));
        }
        return produced;
    }
}
