package dev.tandem.runtime.wire.websocket;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.call.RpcReasons;
import dev.tandem.runtime.wire.connection.RawConnection;
import io.helidon.webserver.CloseConnectionException;
import java.io.EOFException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The client's frames as messages: fragments are joined, sizes bounded. Of one thread. */
final class MessageInput {
    private final RawConnection raw;
    private final FrameInput frames;
    private final int maxMessageBytes;
    private @Nullable Payload message; // that has begun
    private boolean text;

    /**
     * @param maxMessageBytes the largest message, whatever it says of its size beforehand
     */
    MessageInput(RawConnection raw, int maxMessageBytes) {
        this.raw = raw;
        this.frames = new FrameInput(raw);
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Waits for what comes next. After {@link Incoming.Close} and {@link Incoming.End} nothing
     * does.
     *
     * @throws ApiException where it is no WebSocket, too large, or too slow
     */
    Incoming next() {
        try {
            return received();
        } catch (EOFException
                | UncheckedIOException
                | IllegalStateException
                | CloseConnectionException e) {
            if (raw.late()) {
                throw ApiError.of(
                                Reasons.REQUEST_TIMEOUT,
                                "A message that had begun did not come, or came too slowly; send it"
                                        + " at once.")
                        .toException();
            }
            return new Incoming.End();
        }
    }

    private Incoming received() throws EOFException {
        while (true) {
            FrameHead head = frames.head(message != null);
            if (head.opcode().control()) {
                return control(head);
            }
            Payload joined = joined(head);
            frames.payload(head, joined);
            if (head.last()) {
                message = null;
                return data(joined.toByteArray());
            }
        }
    }

    /** The message of which a frame is a part. */
    private Payload joined(FrameHead head) {
        Payload begun = message;
        if (head.opcode() == Opcode.CONTINUATION) {
            if (begun == null) {
                throw FrameHead.wrong("A frame continues a message that has not begun.");
            }
        } else if (begun != null) {
            throw FrameHead.wrong("A message begins before the one in parts has ended.");
        } else {
            begun = new Payload();
            message = begun;
            text = head.opcode() == Opcode.TEXT;
        }
        if (head.length() > maxMessageBytes - begun.length()) {
            throw ApiError.of(
                            Reasons.REQUEST_TOO_LARGE,
                            "The message is larger than the "
                                    + maxMessageBytes
                                    + " bytes that this server takes.")
                    .toException();
        }
        return begun;
    }

    private Incoming.Data data(byte[] bytes) {
        if (text && !UnsafeByteOperations.unsafeWrap(bytes).isValidUtf8()) {
            throw ApiError.of(Reasons.INVALID_JSON, "A text message is not UTF-8.").toException();
        }
        return new Incoming.Data(text, bytes);
    }

    private Incoming control(FrameHead head) throws EOFException {
        Payload payload = new Payload();
        frames.payload(head, payload);
        ByteString bytes = UnsafeByteOperations.unsafeWrap(payload.toByteArray());
        return switch (head.opcode()) {
            case PING -> new Incoming.Ping(bytes);
            case PONG -> new Incoming.Pong();
            default -> close(bytes);
        };
    }

    /** RFC 6455, section 5.5.1: nothing, or a code and perhaps a reason. */
    private static Incoming.Close close(ByteString bytes) {
        if (bytes.isEmpty()) {
            return new Incoming.Close(CloseCode.NOT_TOLD);
        }
        if (bytes.size() == 1) {
            throw FrameHead.wrong("A Close frame has half a code.");
        }
        int code = ((bytes.byteAt(0) & 0xff) << 8) | (bytes.byteAt(1) & 0xff);
        if (!CloseCode.allowed(code)) {
            throw FrameHead.wrong("A Close frame has the code " + code + ", which means nothing.");
        }
        if (!bytes.substring(2).isValidUtf8()) {
            throw ApiError.of(RpcReasons.MALFORMED_MESSAGE, "A Close frame's reason is not UTF-8.")
                    .toException();
        }
        return new Incoming.Close(code);
    }
}
