package dev.tandem.gateway.faults;

import dev.tandem.runtime.call.Reason;
import dev.tandem.testing.Gate;
import dev.tandem.testtools.Peer;
import dev.tandem.upstream.openai.OpenAiSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table: what an upstream does, and what its callers get.
 *
 * @param what it does, in the words of docs/faults.md
 * @param where it does it
 * @param talk how
 * @param limits the engine's, where the usual ones would take too long
 * @param begun had the answer begun? Then streams have a piece of it before the error
 * @param reason of the error; null where the callers notice nothing
 * @param retryAfter what the error tells of when to come back; null where it tells nothing
 */
record Fault(
        String what,
        Where where,
        Talk talk,
        UnaryOperator<OpenAiSettings> limits,
        boolean begun,
        @Nullable Reason reason,
        @Nullable Duration retryAfter) {

    /** What answers at the engine's address. */
    enum Where {
        /** A server on a plain socket. */
        PLAIN,
        /** A server whose certificate nobody trusts. */
        UNTRUSTED,
        /** Nobody. */
        NOWHERE
    }

    /** One connection of the upstream, with its first request not read yet. */
    @FunctionalInterface
    interface Talk {
        /**
         * Misbehaves.
         *
         * @param seen opens when the caller has what was sent until then; at once where callers get
         *     whole answers
         */
        void with(Peer peer, Gate seen) throws IOException, InterruptedException;
    }

    /** Before a piece of the answer came. */
    static Fault atOnce(String what, Reason reason, Talk talk) {
        return new Fault(what, Where.PLAIN, talk, limits -> limits, false, reason, null);
    }

    /** When the answer had begun, and the caller had the begin. */
    static Fault inTheMiddle(String what, Reason reason, Talk talk) {
        Talk whole =
                (peer, seen) -> {
                    peer.request();
                    peer.beginEvents();
                    peer.events(Answers.ROLE, Answers.text("a"));
                    seen.pass();
                    talk.with(peer, seen);
                };
        return new Fault(what, Where.PLAIN, whole, limits -> limits, true, reason, null);
    }

    /** The same with other limits of the engine. */
    Fault with(UnaryOperator<OpenAiSettings> other) {
        return new Fault(what, where, talk, other, begun, reason, retryAfter);
    }

    /** The same, with a time told. */
    Fault after(Duration time) {
        return new Fault(what, where, talk, limits, begun, reason, time);
    }

    /** The same elsewhere. */
    Fault at(Where other) {
        return new Fault(what, other, talk, limits, begun, reason, retryAfter);
    }

    /** The same, and no caller notices. */
    Fault unnoticed() {
        return new Fault(what, where, talk, limits, true, null, null);
    }

    @Override
    public String toString() {
        return what;
    }
}
