package dev.tandem.runtime.wire.grpc;

import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.wire.envelope.EncodingHeaders;
import dev.tandem.runtime.wire.envelope.ErrorDetails;
import dev.tandem.runtime.wire.envelope.Format;
import dev.tandem.runtime.wire.envelope.Protocol;
import dev.tandem.runtime.wire.envelope.Response;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Native gRPC: the status in trailers of HTTP. */
final class GrpcProtocol implements Protocol {
    private static final Header BINARY =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/grpc");
    private static final Header JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/grpc+json");

    private final ErrorDetails details;

    GrpcProtocol(ErrorDetails details) {
        this.details = details;
    }

    @Override
    public Head.Wire wire() {
        return Head.Wire.GRPC;
    }

    @Override
    public HeaderName timeout() {
        return Timeout.HEADER;
    }

    @Override
    public @Nullable Duration timeout(String value) {
        return Timeout.parse(value);
    }

    @Override
    public String timeoutForm() {
        return Timeout.FORM;
    }

    @Override
    public EncodingHeaders encodings() {
        return StatusTrailers.ENCODINGS;
    }

    @Override
    public Header contentType(Format format) {
        return format == Format.JSON ? JSON : BINARY;
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
