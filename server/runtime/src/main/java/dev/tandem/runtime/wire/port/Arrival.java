package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.wire.connection.ClientSocket;
import dev.tandem.runtime.wire.tls.TlsDoor;
import dev.tandem.runtime.wire.tls.TlsSocket;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.SocketWriter;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerConfig;
import io.helidon.webserver.spi.ServerConnection;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its beginning to its end. First it arrives: TLS, where the port has it, and
 * the protocol. Then it is that protocol's. What it does before and after has a limit of time each.
 */
final class Arrival implements ServerConnection, InterruptableTask<Void> {
    private static final Logger LOG = System.getLogger(Arrival.class.getName());

    /** For a refused client to read why, for the last words, and to arrive at a port that stops. */
    static final Duration MOMENT = Duration.ofSeconds(1);

    /** Bytes that a refused client may still send. */
    private static final int MOST_IGNORED = 256 * 1024;

    private final ConnectionContext context;
    private final Arrivals port;
    private final @Nullable SocketChannel channel;
    private final ClientSocket socket;
    private final StepLimit step;
    private volatile @Nullable ServerConnection connection;

    // of the connection's thread
    private @Nullable TlsSocket encrypted;

    /**
     * @param channel the socket's own; null where it is not known
     */
    Arrival(ConnectionContext context, Arrivals port, @Nullable SocketChannel channel) {
        this.context = context;
        this.port = port;
        this.channel = channel;
        socket = new ClientSocket(context.serverSocket(), channel);
        step = new StepLimit(socket);
    }

    /** A client whose protocol is known, and what was read of it already. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Spoken(Greeting.Kind protocol, HelidonSocket socket, byte[] first) {}

    @Override
    public void handle(Limit limit) throws InterruptedException {
        Spoken spoken = arrived();
        try {
            if (spoken != null) {
                ServerConnection arrived = speak(spoken);
                connection = arrived;
                arrived.handle(limit);
            }
        } finally {
            leave();
        }
    }

    /** Null where the client left, was refused or took too long. */
    private @Nullable Spoken arrived() {
        port.watch(step);
        try {
            Spoken spoken = arrive();
            return step.end() ? spoken : null;
        } catch (SSLException | UncheckedIOException e) {
            debug("ended while it arrived: " + e.getMessage());
            return null;
        } finally {
            if (!step.missed().isEmpty()) {
                debug("took too long for " + step.missed());
            }
            port.unwatch(step);
        }
    }

    private @Nullable Spoken arrive() throws SSLException {
        HelidonSocket clear = context.serverSocket();
        Greeting first = new Greeting(clear, alreadyRead());
        TlsDoor door = port.tls();
        if (door == null) {
            begin("its first words", port.firstWords());
            return plain(clear, first);
        }
        begin("the TLS handshake", port.handshake());
        Greeting.Kind kind = first.kind();
        if (kind != Greeting.Kind.TLS) {
            if (kind != Greeting.Kind.NONE) {
                port.wrongDoor().needsTls(clear, kind, first.likeHttp());
                awaitLeave(clear);
            }
            return null;
        }
        return encrypted(clear, first.bytes(), door);
    }

    /** Helidon reads before it asks where its own protocols were configured beside ours. */
    private byte[] alreadyRead() {
        DataReader reader = context.dataReader();
        int available = reader.available();
        return available == 0 ? new byte[0] : reader.readBytes(available);
    }

    private @Nullable Spoken plain(HelidonSocket clear, Greeting first) {
        Greeting.Kind kind = first.kind();
        if (kind == Greeting.Kind.TLS) {
            port.wrongDoor().hasNoTls(clear);
            awaitLeave(clear);
            return null;
        }
        return kind == Greeting.Kind.NONE ? null : new Spoken(kind, clear, first.bytes());
    }

    private @Nullable Spoken encrypted(HelidonSocket clear, byte[] first, TlsDoor door)
            throws SSLException {
        TlsSocket tls;
        try {
            tls = door.enter(clear, first, Arrivals.PROTOCOLS);
        } catch (SSLException e) {
            debug("failed in the TLS handshake: " + e.getMessage());
            awaitLeave(clear);
            return null;
        }
        encrypted = tls;
        begin("its first words", port.firstWords());
        Greeting inside = new Greeting(tls, new byte[0]);
        Greeting.Kind said = inside.kind();
        if (said == Greeting.Kind.NONE) {
            return null;
        }
        Greeting.Kind agreed =
                switch (tls.applicationProtocol()) {
                    case Arrivals.H2 -> Greeting.Kind.HTTP_2;
                    case Arrivals.HTTP_1_1 -> Greeting.Kind.HTTP_1;
                    default -> said;
                };
        return new Spoken(agreed, tls, inside.bytes());
    }

    private ServerConnection speak(Spoken spoken) {
        HelidonSocket through = spoken.socket();
        DataReader reader = Greeting.reader(spoken.first(), through);
        ConnectionContext arrived = new ArrivedContext(context, through, reader, writer(through));
        return port.speaking(spoken.protocol(), arrived, new ClientSocket(through, channel));
    }

    private DataWriter writer(HelidonSocket through) {
        ListenerConfig config = context.listenerContext().config();
        return through instanceof TlsSocket
                ? SocketWriter.create(
                        context.executor(),
                        through,
                        config.writeQueueLength(),
                        config.smartAsyncWrites())
                : context.dataWriter();
    }

    /** A client that comes while the port stops may still get its answer, if it is quick. */
    private void begin(String name, Duration time) {
        step.begin(name, time);
        if (port.draining()) {
            step.hurry(MOMENT);
        }
    }

    /**
     * A socket that is closed with bytes unread in it is reset, and the client loses the answer
     * that says why.
     */
    private void awaitLeave(HelidonSocket clear) {
        step.begin("its leaving", MOMENT);
        int ignored = 0;
        byte[] more;
        while (ignored < MOST_IGNORED && (more = clear.get()) != null) {
            ignored += more.length;
        }
    }

    /**
     * Says goodbye over TLS and lets the client hear it; Helidon closes the socket then. What the
     * client has sent meanwhile, a change of keys perhaps, would reset the connection and might
     * take the end of the last answer with it.
     */
    private void leave() {
        TlsSocket tls = encrypted;
        if (tls == null) {
            return;
        }
        port.watch(step);
        try {
            step.begin("its last words", MOMENT);
            tls.finish();
            socket.endOutput();
            awaitLeave(context.serverSocket());
        } catch (UncheckedIOException e) {
            debug("left at once: " + e.getMessage());
        } finally {
            step.end();
            port.unwatch(step);
        }
    }

    private void debug(String what) {
        LOG.log(Level.DEBUG, () -> context.remotePeer().host() + " " + what);
    }

    @Override
    public Duration idleTime() {
        ServerConnection arrived = connection;
        return arrived == null ? Duration.ZERO : arrived.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        ServerConnection arrived = connection;
        if (arrived != null) {
            arrived.close(interrupt);
        } else {
            step.hurry(interrupt ? Duration.ZERO : MOMENT);
        }
    }

    /** Not while it arrives: it is hurried then. */
    @Override
    public boolean canInterrupt() {
        return connection instanceof InterruptableTask<?> task && task.canInterrupt();
    }
}
