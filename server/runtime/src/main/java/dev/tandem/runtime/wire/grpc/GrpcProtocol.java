package dev.tandem.runtime.wire.grpc;

import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.wire.envelope.ErrorDetails;
import dev.tandem.runtime.wire.envelope.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Native gRPC: the status in trailers of HTTP. */
final class GrpcProtocol extends GrpcFamily {
    private final ErrorDetails details;

    GrpcProtocol(ErrorDetails details) {
        super("application/grpc", "application/grpc+json");
        this.details = details;
    }

    @Override
    public Head.Wire wire() {
        return Head.Wire.GRPC;
    }

    @Override
    public void end(Response response, Call call, @Nullable ApiError error) {
        if (!call.answer().headers().isEmpty()) {
            response.begin();
        }
        List<Answer.Field> trailers = StatusTrailers.of(error, call, !response.begun(), details);
        response.endWithTrailers(trailers);
    }
}
