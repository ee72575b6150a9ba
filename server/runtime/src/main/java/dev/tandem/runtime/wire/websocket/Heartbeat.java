package dev.tandem.runtime.wire.websocket;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Turn;
import dev.tandem.runtime.wire.rest.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Pings in silence, so that nobody in between takes the connection for dead. */
final class Heartbeat {
    private static final byte[] NOTHING = {};

    private final Call call;
    private final Turn turn;
    private final FrameOutput output;
    private final Timers timers;
    private final Duration silence;
    private volatile Future<?> next = CompletableFuture.completedFuture(null);

    /**
     * @param silence after how much of it a ping leaves
     */
    Heartbeat(Call call, Turn turn, FrameOutput output, Timers timers, Duration silence) {
        this.call = call;
        this.turn = turn;
        this.output = output;
        this.timers = timers;
        this.silence = silence;
    }

    void begin() {
        next = timers.after(silence, this::tick);
    }

    /** To be called by who has the turn. */
    void end() {
        next.cancel(false);
    }

    /** On the timers' thread: writes nothing itself, because a write may wait for the client. */
    private void tick() {
        Thread.ofVirtual().name("websocket-heartbeat").start(this::beat);
    }

    private void beat() {
        if (!turn.tryTake()) {
            next = timers.after(silence, this::tick); // somebody writes at this moment
            return;
        }
        try {
            if (turn.over() || call.cancelled() != null) {
                return;
            }
            Duration left = silence.minusNanos(System.nanoTime() - output.lastWrite());
            if (!left.isPositive()) {
                output.frame(Opcode.PING, NOTHING, 0);
                left = silence;
            }
            next = timers.after(left, this::tick);
        } catch (CancelledException e) {
            // the client is gone; the call is cancelled and its own thread ends it
        } finally {
            turn.release();
        }
    }
}
