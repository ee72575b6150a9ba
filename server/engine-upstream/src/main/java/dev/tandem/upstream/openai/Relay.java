package dev.tandem.upstream.openai;

import dev.tandem.transcoding.json.JsonException;

/** Takes the parts of one answer as they come and passes them on. Used by the call's thread. */
interface Relay {
    /**
     * One event's data. The bytes are the caller's.
     *
     * @throws JsonException where they are no chunk of an answer
     */
    void event(byte[] json, int offset, int length) throws JsonException;

    /**
     * The whole answer.
     *
     * @throws JsonException where it is none
     */
    void whole(byte[] json) throws JsonException;

    /**
     * Nothing more comes: the usage is passed on.
     *
     * @throws dev.tandem.runtime.call.ApiException {@code upstream_error} where the answer is not
     *     complete
     */
    void end();

    /** The call is over before the answer is: the usage is passed on where it is known. */
    void leave();
}
