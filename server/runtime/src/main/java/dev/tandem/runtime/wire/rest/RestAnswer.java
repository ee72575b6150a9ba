package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.CancelledException;

/** What a call's messages become. One of the three ends it, once, by who has the last word. */
interface RestAnswer {
    /** Has nothing left yet, so that the status can still be chosen? */
    boolean latent();

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
