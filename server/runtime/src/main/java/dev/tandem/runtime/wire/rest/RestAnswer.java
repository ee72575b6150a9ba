package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.CancelledException;

/** What a call's messages become. One of the three ends it, once, on the call's thread. */
interface RestAnswer {
    /**
     * The handler has sent everything.
     *
     * @throws CancelledException when the client is gone
     */
    void complete();

    /**
     * The call ended with an error.
     *
     * @throws CancelledException when the client is gone
     */
    void fail(ApiError error);

    /** The client is gone: nothing more is written. */
    void abandon();
}
