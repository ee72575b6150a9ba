package dev.tandem.runtime.wire.envelope;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.MisshapenMessageException;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonException;
import java.util.List;

/** Protobuf's JSON mapping. Unknown fields are refused, as the mapping has it by default. */
final class CanonicalCodec implements Codec {
    private final JsonCodec request;
    private final JsonCodec response;

    CanonicalCodec(JsonCodec request, JsonCodec response) {
        this.request = request;
        this.response = response;
    }

    @Override
    public Message read(byte[] bytes, int offset, int length) {
        try {
            return request.read(bytes, offset, length);
        } catch (JsonException e) {
            Message partial = e.partial();
            if (partial == null) {
                throw ApiError.of(Reasons.INVALID_JSON, String.valueOf(e.getMessage()))
                        .toException();
            }
            throw new MisshapenMessageException(partial, violations(e), e.count());
        }
    }

    private static List<ApiError.Violation> violations(JsonException e) {
        return e.violations().stream()
                .map(each -> ApiError.Violation.saying(each.path(), each.rule(), each.message()))
                .toList();
    }

    @Override
    public void write(Message message, FrameBuffer frame) {
        JsonBuffer json = new JsonBuffer();
        response.write(message, json);
        frame.bytes(json.array(), json.length());
    }
}
