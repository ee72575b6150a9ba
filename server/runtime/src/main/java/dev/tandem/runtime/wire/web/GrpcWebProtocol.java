package dev.tandem.runtime.wire.web;

import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.wire.envelope.ErrorDetails;
import dev.tandem.runtime.wire.envelope.Response;
import dev.tandem.runtime.wire.grpc.GrpcFamily;
import dev.tandem.runtime.wire.grpc.StatusTrailers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** gRPC-Web: gRPC's status in a last frame of the body, as HTTP/1.1 writes headers. */
final class GrpcWebProtocol extends GrpcFamily {
    private static final int TRAILERS = 0x80;

    private final ErrorDetails details;

    /**
     * @param family the content type without format
     */
    GrpcWebProtocol(String family, ErrorDetails details) {
        super(family + "+proto", family + "+json");
        this.details = details;
    }

    @Override
    public Head.Wire wire() {
        return Head.Wire.GRPC_WEB;
    }

    @Override
    public void end(Response response, Call call, @Nullable ApiError error) {
        response.endWithFrame(TRAILERS, text(StatusTrailers.of(error, call, false, details)));
    }

    private static byte[] text(List<Answer.Field> trailers) {
        StringBuilder text = new StringBuilder(128);
        for (Answer.Field field : trailers) {
            text.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
