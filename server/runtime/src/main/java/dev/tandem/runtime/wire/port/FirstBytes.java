package dev.tandem.runtime.wire.port;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells HTTP/2 by its preface (RFC 9113, section 3.4); whatever begins otherwise is HTTP/1.1's, to
 * be answered or refused there.
 *
 * <p>Helidon 4.5.0 closes a connection without a word when none of its protocols knows the first
 * line, and logs a stack trace when the client leaves before enough bytes have come.
 */
final class FirstBytes implements ServerConnectionSelector {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

    private final ServerConnectionSelector http1;
    private final ServerConnectionSelector http2;
    private final AcceptedSockets accepted;

    FirstBytes(
            ServerConnectionSelector http1,
            ServerConnectionSelector http2,
            AcceptedSockets accepted) {
        this.http1 = http1;
        this.http2 = http2;
        this.accepted = accepted;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        Set<String> both = new HashSet<>(http1.supportedApplicationProtocols());
        both.addAll(http2.supportedApplicationProtocols());
        return both;
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new Undecided(context);
    }

    private boolean isHttp2(DataReader reader) {
        try {
            reader.ensureAvailable();
            for (int size = reader.available(); ; size = reader.available()) {
                byte[] first = new byte[Math.min(size, PREFACE.length)];
                int read = reader.getBuffer(first.length).read(first, 0, first.length);
                if (Arrays.mismatch(first, 0, read, PREFACE, 0, read) >= 0) {
                    return false;
                }
                if (read == PREFACE.length) {
                    return true;
                }
                var _ = reader.getBuffer(size + 1); // waits for it; nothing is taken
            }
        } catch (DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("the client left within its first bytes", e);
        }
    }

    /** A connection until its protocol is known, and then that protocol's. */
    private final class Undecided implements ServerConnection, InterruptableTask<Void> {
        private final ConnectionContext context;
        private volatile @Nullable ServerConnection decided;
        private volatile boolean closing;

        Undecided(ConnectionContext context) {
            this.context = context;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            ServerConnection connection = decide();
            decided = connection;
            if (closing) {
                throw new CloseConnectionException("the server stops");
            }
            connection.handle(limit);
        }

        private ServerConnection decide() {
            if (isHttp2(context.dataReader())) {
                var _ = accepted.claim(context); // it is silent no more
                return http2.connection(context);
            }
            return http1.connection(context);
        }

        @Override
        public Duration idleTime() {
            ServerConnection connection = decided;
            return connection == null ? Duration.ZERO : connection.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            ServerConnection connection = decided;
            if (connection == null) {
                closing = true;
            } else {
                connection.close(interrupt);
            }
        }

        @Override
        public boolean canInterrupt() {
            ServerConnection connection = decided;
            return connection == null
                    || (connection instanceof InterruptableTask<?> task && task.canInterrupt());
        }
    }
}
