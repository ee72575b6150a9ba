package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;

/** The answer to HEAD where GET would stream: nothing runs, only the media type is told. */
record StreamHead(Reply reply, EventFormat format) implements RestAnswer {
    private static final int OK = 200;

    @Override
    public void complete() {
        reply.send(OK, format.mediaType(), new byte[0], 0);
    }

    @Override
    public void fail(ApiError error) {
        reply.sendError(error);
    }

    @Override
    public void abandon() {}
}
