package dev.tandem.runtime.wire.websocket;

import com.google.protobuf.Message;
import dev.tandem.runtime.wire.rest.ResponseForm;
import dev.tandem.transcoding.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/** The server's messages as frames. By one thread at a time. */
final class Outbound {
    private final FrameOutput output;
    private final ResponseForm.@Nullable Writer json; // null where they are protobuf
    private final JsonBuffer buffer = new JsonBuffer();

    Outbound(FrameOutput output, ResponseForm.@Nullable Writer json) {
        this.output = output;
        this.json = json;
    }

    /**
     * Sends a message.
     *
     * @throws IllegalArgumentException where it cannot be written as JSON; nothing was sent then
     */
    void message(Message message) {
        if (json == null) {
            byte[] bytes = message.toByteArray();
            output.frame(Opcode.BINARY, bytes, bytes.length);
            return;
        }
        buffer.reset();
        json.write(message, buffer);
        output.frame(Opcode.TEXT, buffer.array(), buffer.length());
    }
}
