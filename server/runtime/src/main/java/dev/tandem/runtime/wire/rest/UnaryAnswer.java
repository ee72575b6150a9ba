package dev.tandem.runtime.wire.rest;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Sink;
import dev.tandem.transcoding.json.JsonBuffer;

/** One message as one JSON body. Held back until the handler has returned. */
final class UnaryAnswer<R extends Message> implements Sink<R>, RestAnswer {
    private static final int OK = 200;

    private final Reply reply;
    private final Endpoint endpoint;
    private final Method<?, R> method;
    private final JsonBuffer buffer = new JsonBuffer();
    private boolean sent;

    UnaryAnswer(Reply reply, Endpoint endpoint, Method<?, R> method) {
        this.reply = reply;
        this.endpoint = endpoint;
        this.method = method;
    }

    @Override
    public void send(R message) {
        if (sent) {
            throw new IllegalStateException(method + " sent a second answer; it is unary");
        }
        endpoint.write(method, message, buffer);
        sent = true;
    }

    /** To be asked when the handler has returned. */
    void check() {
        if (!sent) {
            throw new IllegalStateException(method + " returned without an answer");
        }
    }

    @Override
    public void abandon() {}

    @Override
    public boolean latent() {
        return true;
    }

    @Override
    public void complete() {
        reply.send(OK, "application/json", buffer.array(), buffer.length());
    }

    @Override
    public void fail(ApiError error) {
        reply.sendError(error);
    }
}
