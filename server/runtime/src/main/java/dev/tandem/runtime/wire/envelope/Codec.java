package dev.tandem.runtime.wire.envelope;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiException;

/** The messages of one method in one format. For all threads. */
public interface Codec {
    /**
     * Reads a request.
     *
     * @throws ApiException where the bytes are no message of the method's
     */
    Message read(byte[] bytes, int offset, int length);

    /** Writes a response into the room that is made for it behind a frame's prefix. */
    void write(Message response, FrameBuffer frame);
}
