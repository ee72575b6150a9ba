package dev.tandem.runtime.wire.websocket;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Source;
import dev.tandem.runtime.call.Turn;
import dev.tandem.runtime.wire.connection.RawConnection;
import dev.tandem.runtime.wire.envelope.SingleSink;
import dev.tandem.runtime.wire.rest.ErrorJson;
import dev.tandem.runtime.wire.rest.SocketWrites;
import dev.tandem.runtime.wire.rest.Timers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call on its WebSocket. The connection's thread runs the handler, another reads the client's
 * frames, answers pings, and learns that the client leaves; who writes has the turn.
 */
final class Conversation {
    private static final Logger LOG = System.getLogger(Conversation.class.getName());
    private static final byte[] NO_REASON = {};

    /** How long a client may take to close its side behind our Close frame. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Call call;
    private final RawConnection raw;
    private final SocketEndpoint endpoint;
    private final Turn turn;
    private final FrameOutput output;
    private final Heartbeat heartbeat;
    private final MessageInput input;
    private final Mailbox mailbox = new Mailbox();
    private final Thread reader;
    private final Outbound outbound;
    private boolean through; // the client with its messages; of the reading thread
    private volatile @Nullable ApiError fault; // what was wrong with the client's frames
    private volatile Incoming.@Nullable Close farewell; // the client's

    /**
     * @param chosen how the server's messages are written
     */
    Conversation(
            Call call,
            RawConnection raw,
            SocketEndpoint endpoint,
            SocketSettings settings,
            Timers timers,
            Subprotocol chosen) {
        this.call = call;
        this.raw = raw;
        this.endpoint = endpoint;
        turn = new Turn(call);
        output = new FrameOutput(raw, new SocketWrites(call, raw::whyGone, timers));
        heartbeat = new Heartbeat(call, turn, output, timers, settings.heartbeat());
        input = new MessageInput(raw, settings.maxMessageBytes());
        outbound = new Outbound(output, chosen == Subprotocol.JSON ? endpoint.json() : null);
        reader = Thread.ofVirtual().name("websocket-reader").unstarted(this::read);
    }

    /**
     * Leads it.
     *
     * @param opening what still is HTTP
     * @param parameters what path and query give the first message
     * @throws CancelledException where the client is gone
     */
    void run(String opening, Message parameters) {
        output.http(opening);
        call.answered(Handshake.SWITCHING_PROTOCOLS);
        call.lastWord(this::sayInstead);
        reader.start();
        heartbeat.begin();
        ApiError outcome = handled(endpoint.method(), parameters);
        ApiError wrong = fault;
        if (wrong != null) {
            call.failed(wrong); // the handler's end followed from it
        } else if (outcome != null) {
            call.failed(outcome);
        }
        conclude(outcome);
    }

    private <Q extends Message, R extends Message> @Nullable ApiError handled(
            Method<Q, R> method, Message parameters) {
        Source<Q> source = new SocketSource<>(mailbox, endpoint, parameters);
        if (!method.singleResponse()) {
            return Pipeline.run(method, source, this::send, call);
        }
        SingleSink<R> sink = new SingleSink<>(call);
        ApiError error = Pipeline.run(method, source, sink, call);
        return error == null ? sent(sink.only()) : error;
    }

    private void send(Message message) {
        call.check();
        call.undisturbed(() -> write(message));
        call.check();
    }

    private void write(Message message) {
        turn.take();
        try {
            outbound.message(message);
        } finally {
            turn.release();
        }
    }

    /** Sends the one message of an answer; the error where there is none or it does not arrive. */
    private @Nullable ApiError sent(@Nullable Message only) {
        if (only == null) {
            LOG.log(Level.ERROR, "call " + call + " failed: its handler sent no message");
            return ApiError.internal();
        }
        try {
            write(only);
            return null;
        } catch (CancelledException e) {
            return Pipeline.ofCancel(e.reason());
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "call " + call + " failed: its message cannot be written", e);
            return ApiError.internal();
        }
    }

    /** Ends the answer while the handler goes on; the connection ends with it. */
    private void sayInstead(ApiError error) {
        try {
            conclude(error);
        } finally {
            raw.end();
        }
    }

    /** Says the last word, unless it was said: a Close frame, behind an error if there is one. */
    private void conclude(@Nullable ApiError outcome) {
        if (!turn.takeLast()) {
            return;
        }
        try {
            heartbeat.end();
            Incoming.Close bye = farewell;
            ApiError wrong = fault;
            if (wrong != null) {
                fail(wrong);
            } else if (bye != null) {
                output.close(bye.code(), NO_REASON);
            } else if (gone()) {
                throw new CancelledException(CancelCause.CLIENT_LEFT); // nobody reads
            } else if (outcome != null) {
                fail(outcome);
            } else {
                output.close(CloseCode.NORMAL, NO_REASON);
            }
        } finally {
            turn.release();
        }
    }

    private void fail(ApiError error) {
        output.fail(error, ErrorJson.of(error, call.requestId()));
    }

    private boolean gone() {
        CancelCause cause = call.cancelled();
        return cause == CancelCause.CLIENT_LEFT || cause == CancelCause.STALLED;
    }

    /** The reading thread's work. */
    private void read() {
        try {
            while (taken(input.next())) {
                // until the client's last
            }
        } catch (ApiException e) {
            fault = e.error();
            raw.refuse();
            leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    /** Returns whether more may come. */
    private boolean taken(Incoming incoming) throws InterruptedException {
        switch (incoming) {
            case Incoming.Data data -> deliver(data);
            case Incoming.Ping(ByteString payload) -> pong(payload);
            case Incoming.Pong() -> {}
            case Incoming.Close close -> {
                farewell = close;
                leave();
                return false;
            }
            case Incoming.End() -> {
                mailbox.close();
                call.clientGone(raw.whyGone());
                return false;
            }
        }
        return true;
    }

    private void deliver(Incoming.Data data) throws InterruptedException {
        if (through) {
            throw FrameHead.wrong(
                    "A message came behind an empty text message, which says that it was the last.");
        }
        if (data.last()) {
            through = true;
            mailbox.end();
        } else {
            mailbox.put(data);
        }
    }

    private void pong(ByteString payload) {
        try {
            turn.take();
            try {
                output.frame(Opcode.PONG, payload.toByteArray(), payload.size());
            } finally {
                turn.release();
            }
        } catch (CancelledException e) {
            // the last word was said, or the client is gone: what follows tells
        }
    }

    /** The client wants no more, or cannot be understood any more: the handler's work ends. */
    private void leave() {
        mailbox.close();
        call.clientGone(CancelCause.CLIENT_LEFT);
        try {
            conclude(null);
        } catch (CancelledException e) {
            // it does not even read the end
        } finally {
            raw.end(); // the handler may go on, but not for this client
        }
    }

    /** Waits a moment for the client's Close frame; nobody uses the connection afterwards. */
    void close() {
        mailbox.close();
        if (reader.getState() == Thread.State.NEW) {
            return; // the client did not even take the opening
        }
        boolean interrupted = false;
        boolean over = false;
        try {
            over = reader.join(LINGER);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        while (!over) {
            raw.endInput();
            try {
                over = reader.join(LINGER);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
