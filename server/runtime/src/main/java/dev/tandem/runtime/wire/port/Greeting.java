package dev.tandem.runtime.wire.port;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a client says first, which tells the protocol that it speaks. */
final class Greeting {
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** The content type of a handshake record, and the major version of every TLS. */
    private static final byte[] TLS_HELLO = {0x16, 0x03};

    private final HelidonSocket socket;
    private byte[] bytes;

    /**
     * @param known what was read from the socket already
     */
    Greeting(HelidonSocket socket, byte[] known) {
        this.socket = socket;
        bytes = known;
    }

    /** The protocols that a port can be spoken to with. */
    enum Kind {
        TLS,
        HTTP_2,
        /** Or something that is no protocol of ours: the parser of HTTP/1.1 answers it. */
        HTTP_1,
        /** The client left before it said enough. */
        NONE
    }

    /** Waits for as many bytes as it takes to tell. A preface of HTTP/2 may come in pieces. */
    Kind kind() {
        while (true) {
            if (bytes.length > 0 && begins(PREFACE)) {
                if (bytes.length >= PREFACE.length) {
                    return Kind.HTTP_2;
                }
            } else if (bytes.length > 0 && begins(TLS_HELLO)) {
                if (bytes.length >= TLS_HELLO.length) {
                    return Kind.TLS;
                }
            } else if (bytes.length > 0) {
                return Kind.HTTP_1;
            }
            byte[] more = socket.get();
            if (more == null) {
                return bytes.length == 0 ? Kind.NONE : Kind.HTTP_1;
            }
            int known = bytes.length;
            bytes = Arrays.copyOf(bytes, known + more.length);
            System.arraycopy(more, 0, bytes, known, more.length);
        }
    }

    /** As far as there are bytes, are they those? */
    private boolean begins(byte[] sign) {
        int length = Math.min(sign.length, bytes.length);
        return Arrays.equals(bytes, 0, length, sign, 0, length);
    }

    /** Does it look like a request of HTTP, of whatever version? */
    boolean likeHttp() {
        return bytes.length > 0 && bytes[0] >= 'A' && bytes[0] <= 'Z';
    }

    byte[] bytes() {
        return bytes;
    }

    /** Reads these bytes and then the socket. */
    static DataReader reader(byte[] first, HelidonSocket socket) {
        DataReader reader = DataReader.create(new Rest(first, socket));
        if (first.length > 0) {
            reader.ensureAvailable(); // the wires take over what it holds, then read by themselves
        }
        return reader;
    }

    private static final class Rest implements Supplier<byte[]> {
        private byte @Nullable [] first;
        private final HelidonSocket socket;

        Rest(byte[] first, HelidonSocket socket) {
            this.first = first.length == 0 ? null : first;
            this.socket = socket;
        }

        @Override
        public byte[] get() {
            byte[] next = first;
            if (next != null) {
                first = null;
                return next;
            }
            try {
                return socket.get();
            } catch (UncheckedIOException e) {
                throw new ServerConnectionException("the client's socket failed", e);
            }
        }
    }
}
