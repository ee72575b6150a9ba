package dev.tandem.runtime.wire.rest;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Gathering;
import dev.tandem.runtime.call.Sink;
import dev.tandem.runtime.call.Turn;
import dev.tandem.transcoding.json.JsonBuffer;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Messages as events, each written as soon as it is sent. Latent: nothing leaves before the first
 * message or the first heartbeat, so that a failure until then is a plain error answer.
 */
final class StreamAnswer<R extends Message> implements Sink<R>, RestAnswer {
    /**
     * What makes events of messages.
     *
     * @param done the data of a last event; empty for none
     */
    record Form(EventFormat format, ResponseForm.Writer writer, String done) {}

    private final Reply reply;
    private final Call call;
    private final Form form;
    private final Timers timers;
    private final Duration heartbeat;

    private final Gathering gathering;
    private final Turn turn; // guards all below
    private final JsonBuffer buffer = new JsonBuffer();
    private @Nullable OutputStream stream; // null while latent
    private long lastWrite = System.nanoTime();
    private volatile Future<?> nextHeartbeat;

    StreamAnswer(Reply reply, Call call, Turn turn, Form form, Timers timers, Duration heartbeat) {
        this.reply = reply;
        this.call = call;
        this.turn = turn;
        this.form = form;
        this.timers = timers;
        this.heartbeat = heartbeat;
        this.nextHeartbeat = timers.after(heartbeat, this::tick);
        this.gathering = Gathering.by(call, this::leave);
    }

    @Override
    public void send(R message) {
        call.undisturbed(() -> {
            turn.take();
            try {
                form.format().begin(buffer);
                form.writer().write(message, buffer);
                form.format().end(buffer);
                if (gathering.underWay()) {
                    reply.keep(opened(), buffer.array(), buffer.length());
                } else {
                    write();
                }
            } finally {
                turn.release();
            }
        });
        call.check();
    }

    private void leave() {
        OutputStream opened = stream;
        if (opened == null) {
            return; // nothing was sent
        }
        call.undisturbed(() -> {
            turn.take();
            try {
                reply.leave(opened);
                lastWrite = System.nanoTime();
            } finally {
                turn.release();
            }
        });
        call.check();
    }

    @Override
    public boolean latent() {
        return stream == null;
    }

    @Override
    public void complete() {
        end(form.done().isEmpty() ? null : form.done().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void fail(ApiError error) {
        if (stream == null) {
            nextHeartbeat.cancel(false);
            reply.sendError(error);
        } else {
            end(ErrorJson.of(error, call.requestId()));
        }
    }

    @Override
    public void abandon() {
        nextHeartbeat.cancel(false);
    }

    private void end(byte @Nullable [] lastData) {
        nextHeartbeat.cancel(false);
        if (lastData != null) {
            form.format().begin(buffer);
            buffer.raw(lastData);
            form.format().end(buffer);
            write();
        }
        reply.close(opened());
    }

    private void write() {
        reply.write(opened(), buffer.array(), buffer.length());
        lastWrite = System.nanoTime();
    }

    private OutputStream opened() {
        OutputStream opened = stream;
        if (opened == null) {
            opened = reply.open(form.format());
            stream = opened;
        }
        return opened;
    }

    /** On the timers' thread: writes nothing itself, because a write may wait for the client. */
    private void tick() {
        Thread.ofVirtual().name("heartbeat").start(this::beat);
    }

    private void beat() {
        if (!turn.tryTake()) {
            nextHeartbeat = timers.after(heartbeat, this::tick); // somebody writes at this moment
            return;
        }
        try {
            if (turn.over() || call.cancelled() != null) {
                return;
            }
            Duration left = heartbeat.minusNanos(System.nanoTime() - lastWrite);
            if (!left.isPositive()) {
                form.format().heartbeat(buffer);
                write();
                left = heartbeat;
            }
            nextHeartbeat = timers.after(left, this::tick);
        } catch (CancelledException e) {
            // the client is gone; the call is cancelled and its own thread ends it
        } finally {
            turn.release();
        }
    }
}
