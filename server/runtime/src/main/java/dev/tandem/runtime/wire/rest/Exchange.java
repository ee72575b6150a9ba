package dev.tandem.runtime.wire.rest;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Source;
import dev.tandem.runtime.call.Turn;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of a method, from its request's body to the end of its answer. */
final class Exchange {
    private final ServerRequest request;
    private final Reply reply;
    private final Call call;
    private final RestSettings settings;
    private final Timers timers;
    private final Turn turn;
    private volatile @Nullable RestAnswer answer; // null until the method is known
    private boolean withoutBody; // where fields are read from one

    Exchange(ServerRequest request, Reply reply, Call call, RestSettings settings, Timers timers) {
        this.request = request;
        this.reply = reply;
        this.call = call;
        this.settings = settings;
        this.timers = timers;
        this.turn = new Turn(call);
    }

    /**
     * Answers the call.
     *
     * @param variables those of the path
     * @throws CancelledException when the client is gone
     */
    void run(Endpoint endpoint, List<String> variables) {
        call.lastWord(this::sayInstead);
        finish(Pipeline.work(call, () -> handle(endpoint, variables)));
    }

    /**
     * Ends the answer while the handler goes on. Over HTTP/1.1 the connection ends with it: nobody
     * would read a next request before the handler returns.
     */
    private void sayInstead(ApiError error) {
        if ((answer == null && !reply.isHttp1()) || !turn.takeLast()) {
            return; // over HTTP/2 an interrupt ends the wait for the body, and the answer follows
        }
        try {
            if (answer == null || answer.latent()) {
                reply.closeConnection();
            }
            tell(error);
        } finally {
            turn.release();
            reply.endConnection();
        }
    }

    private void handle(Endpoint endpoint, List<String> variables) throws Exception {
        if (!MediaTypes.accepts(accept(), endpoint.mediaTypes())) {
            throw RestErrors.notAcceptable(endpoint.mediaTypes()).toException();
        }
        RequestBody content = new RequestBody(request, reply, call, settings.maxRequestBytes());
        Content body = null;
        if (endpoint.takesBody()) {
            body = content.read(endpoint.route().takesForms());
            withoutBody = body == null;
        } else {
            content.refuse();
        }
        Inbound inbound = endpoint.read(body, variables, request.query().rawValue());
        handle(endpoint, endpoint.choose(inbound.message()), inbound);
    }

    private <Q extends Message, R extends Message> void handle(
            Endpoint endpoint, Method<Q, R> method, Inbound inbound) throws Exception {
        Source<Q> source = new Once<>(inbound);
        if (method.singleResponse()) {
            UnaryAnswer<R> unary = new UnaryAnswer<>(reply, endpoint, method);
            answer = unary;
            method.handler().handle(source, unary, call);
            unary.check();
        } else if (reply.headOnly()) {
            inbound.checked();
            answer = new StreamHead(reply, format());
        } else {
            StreamAnswer<R> stream = stream(endpoint, method);
            answer = stream;
            method.handler().handle(source, stream, call);
        }
    }

    private <R extends Message> StreamAnswer<R> stream(Endpoint endpoint, Method<?, R> method) {
        EventFormat format = format();
        String done = format == EventFormat.SSE ? endpoint.route().done() : "";
        return new StreamAnswer<>(
                reply,
                call,
                turn,
                new StreamAnswer.Form(format, endpoint.stream(method), done),
                timers,
                settings.heartbeat());
    }

    private EventFormat format() {
        return MediaTypes.prefersLines(accept()) ? EventFormat.NDJSON : EventFormat.SSE;
    }

    private List<String> accept() {
        return request.headers().values(HeaderNames.ACCEPT);
    }

    private void finish(@Nullable ApiError outcome) {
        ApiError error =
                withoutBody && outcome != null && outcome.code() == Code.VALIDATION_FAILED
                        ? RestErrors.withoutBody(outcome)
                        : outcome;
        if (!turn.takeLast()) {
            if (reply.isHttp1()) {
                throw new CancelledException(CancelCause.CLIENT_LEFT); // the connection ends
            }
            return;
        }
        try {
            end(error);
        } finally {
            turn.release();
        }
    }

    private void end(@Nullable ApiError error) {
        RestAnswer begun = answer;
        CancelCause cause = call.cancelled();
        if (cause == CancelCause.CLIENT_LEFT || cause == CancelCause.STALLED) {
            if (begun != null) {
                begun.abandon();
            }
            throw new CancelledException(cause); // nobody reads
        }
        if (error != null) {
            tell(error);
        } else if (begun != null) {
            begun.complete();
        }
    }

    private void tell(ApiError error) {
        RestAnswer begun = answer;
        if (begun == null) {
            reply.sendError(error);
        } else {
            begun.fail(error);
        }
    }

    /** The one message of a request. */
    private static final class Once<Q extends Message> implements Source<Q> {
        private @Nullable Inbound inbound;

        Once(Inbound inbound) {
            this.inbound = inbound;
        }

        @Override
        @SuppressWarnings("unchecked") // the endpoint reads the type of its methods
        public @Nullable Q next() {
            Inbound read = inbound;
            inbound = null;
            return read == null ? null : (Q) read.checked();
        }
    }
}
