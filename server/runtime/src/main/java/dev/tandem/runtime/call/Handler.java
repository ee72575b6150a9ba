package dev.tandem.runtime.call;

/**
 * Answers calls. Blocking, on a virtual thread of the call's own. Unary is a stream of one.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
@FunctionalInterface
public interface Handler<Q, R> {
    /**
     * Takes what it needs from the source and sends its answer; returns when all is sent. The
     * thread is interrupted when the call is cancelled.
     *
     * @throws ApiException for an error that the caller shall read
     * @throws Exception for anything else: the caller reads "internal error" and the request id
     */
    void handle(Source<Q> source, Sink<R> sink, Call call) throws Exception;

    /** One message in, one out. */
    @FunctionalInterface
    interface Unary<Q, R> {
        /** Returns the answer. */
        R handle(Q request, Call call) throws Exception;
    }

    /** One message in, any number out. */
    @FunctionalInterface
    interface ServerStream<Q, R> {
        /** Sends the answer's messages. */
        void handle(Q request, Sink<R> sink, Call call) throws Exception;
    }

    /** Any number in, one out. */
    @FunctionalInterface
    interface ClientStream<Q, R> {
        /** Takes the request's messages and returns the answer. */
        R handle(Source<Q> source, Call call) throws Exception;
    }
}
