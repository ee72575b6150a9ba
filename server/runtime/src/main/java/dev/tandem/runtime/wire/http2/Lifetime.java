package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.connection.WireSettings;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Keepalive, age and drain of one HTTP/2 connection. Helidon 4.5.0 has none of them.
 *
 * <p>A silent client is asked with PING and given up when it stays silent. An old connection, or
 * one that is drained, says GOAWAY with the highest possible stream (RFC 9113, section 6.8), a
 * moment later with the last stream taken; streams above it are refused, those below finish, then
 * the connection closes. {@link #sweep} and {@link #drain} may come from different threads.
 */
final class Lifetime {
    /** Streams that crossed the first GOAWAY on their way have arrived by then. */
    private static final long CROSSING = TimeUnit.SECONDS.toNanos(1);

    /** What was sent last has reached the client by then. */
    private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(200);

    /** A client that was told of its error has that long to close. */
    private static final long LAST_WORDS = TimeUnit.SECONDS.toNanos(1);

    private enum Phase {
        OPEN,
        ANNOUNCED,
        CLOSING,
        FAILED,
        ENDED
    }

    private final ClientConnection connection;
    private final FrameInput input;
    private final InboundFrames frames;
    private final long pingAfter;
    private final long pingTimeout;
    private final long maxAge;
    private final long grace;
    private final long stallLimit;
    private final WireSettings.Patience patience;
    private final long born = System.nanoTime();
    private Phase phase = Phase.OPEN;
    private long phaseSince;
    private long pingSince;
    private String endedBecause = "";

    Lifetime(
            WireSettings settings,
            ClientConnection connection,
            FrameInput input,
            InboundFrames frames) {
        this.connection = connection;
        this.input = input;
        this.frames = frames;
        pingAfter = settings.keepalive().pingAfter().toNanos();
        pingTimeout = settings.keepalive().pingTimeout().toNanos();
        double jitter = ThreadLocalRandom.current().nextDouble(0.9, 1.1);
        maxAge = (long) (settings.age().max().toNanos() * jitter);
        grace = settings.age().grace().toNanos();
        patience = settings.patience();
        stallLimit = settings.sending().stallLimit().toNanos();
    }

    /** To be called every 100 ms or so. */
    synchronized void sweep(long now) {
        if (phase == Phase.ENDED) {
            // again until it has: an interrupt between two reads can be lost on its way through
            // Helidon
            connection.kill(endedBecause);
            return;
        }
        if (phase == Phase.FAILED) {
            if (now - phaseSince > LAST_WORDS) {
                end("the client broke a rule");
            }
            return;
        }
        keepalive(now);
        patience(now);
        if (connection.output().stuck(now, stallLimit)) {
            connection.stalls();
            end("the client takes nothing");
        }
        switch (phase) {
            case OPEN -> leaveWhenDue(now);
            case ANNOUNCED -> {
                if (now - phaseSince > CROSSING) {
                    int last = connection.streams().stopAccepting();
                    connection.output().control(Frames.goAway(last, ErrorCode.NO_ERROR));
                    enter(Phase.CLOSING, now);
                }
            }
            case CLOSING -> closeWhenDone(now);
            case FAILED, ENDED -> {}
        }
    }

    /** Begins to end the connection in order; calls in progress go on. */
    synchronized void drain(long now) {
        if (phase == Phase.OPEN) {
            connection.output().control(Frames.goAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR));
            enter(Phase.ANNOUNCED, now);
        }
    }

    /** The connection ended from within; what the client still sends is read for a while. */
    synchronized void lingers() {
        if (phase != Phase.ENDED) {
            enter(Phase.FAILED, System.nanoTime());
        }
    }

    private void patience(long now) {
        if (!frames.settingsSeen() && now - born > patience.settings().toNanos()) {
            fail(ErrorCode.SETTINGS_TIMEOUT, "no SETTINGS came", now);
        } else if (input.unfinished(now, patience.frame().toNanos())) {
            fail(ErrorCode.ENHANCE_YOUR_CALM, "a frame does not end", now);
        }
    }

    private void fail(int errorCode, String why, long now) {
        connection.fail(new ConnectionError(errorCode, why));
        enter(Phase.FAILED, now);
    }

    private void leaveWhenDue(long now) {
        if (frames.clientLeaves() && connection.streams().isEmpty()) {
            enter(Phase.CLOSING, now);
        } else if (now - born > maxAge) {
            drain(now);
        }
    }

    private void closeWhenDone(long now) {
        boolean done = connection.streams().isEmpty() && connection.output().idle();
        if (done && now - phaseSince > LINGER) {
            end("the last call ended");
        } else if (now - phaseSince > grace) {
            end("calls took longer than the grace");
        }
    }

    private void keepalive(long now) {
        long lastRead = input.lastRead();
        if (now - lastRead < pingAfter) {
            pingSince = 0;
        } else if (pingSince == 0) {
            pingSince = now;
            connection.output().control(Frames.ping(now));
        } else if (lastRead - pingSince > 0) {
            pingSince = 0;
        } else if (now - pingSince > pingTimeout) {
            end("the client answers no PING");
        }
    }

    private void enter(Phase next, long now) {
        phase = next;
        phaseSince = now;
    }

    private void end(String why) {
        phase = Phase.ENDED;
        endedBecause = why;
        connection.kill(why);
    }
}
