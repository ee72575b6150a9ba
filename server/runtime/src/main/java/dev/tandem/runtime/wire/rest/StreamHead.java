package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;

/** The answer to HEAD where GET would stream: nothing runs, only the media type is told. */
record StreamHead(Reply reply, EventFormat format) implements RestAnswer {
    @Override
    public boolean latent() {
        return true;
    }

    @Override
    public void complete() {
        reply.sendHead(format);
    }

    @Override
    public void fail(ApiError error) {
        reply.sendError(error);
    }

    @Override
    public void abandon() {}
}
