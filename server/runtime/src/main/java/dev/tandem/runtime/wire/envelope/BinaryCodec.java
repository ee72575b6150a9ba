package dev.tandem.runtime.wire.envelope;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.RpcReasons;

/** Protobuf's binary format. */
final class BinaryCodec implements Codec {
    private final Parser<? extends Message> parser;

    /**
     * @param request the default instance
     */
    BinaryCodec(Message request) {
        this.parser = request.getParserForType();
    }

    @Override
    public Message read(byte[] bytes, int offset, int length) {
        try {
            return parser.parseFrom(bytes, offset, length);
        } catch (InvalidProtocolBufferException e) {
            throw ApiError.of(
                            RpcReasons.MALFORMED_MESSAGE,
                            "The request message is not valid protobuf of its declared type.")
                    .toException();
        }
    }

    @Override
    public void write(Message response, FrameBuffer frame) {
        frame.binary(response);
    }
}
