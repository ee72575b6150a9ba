package dev.tandem.runtime.wire.web;

import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.wire.envelope.EncodingHeaders;
import dev.tandem.runtime.wire.envelope.ErrorDetails;
import dev.tandem.runtime.wire.envelope.Format;
import dev.tandem.runtime.wire.envelope.Protocol;
import dev.tandem.runtime.wire.envelope.Response;
import dev.tandem.runtime.wire.grpc.StatusTrailers;
import dev.tandem.runtime.wire.grpc.Timeout;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** gRPC-Web: gRPC's status in a last frame of the body, as HTTP/1.1 writes headers. */
final class GrpcWebProtocol implements Protocol {
    private static final int TRAILERS = 0x80;

    private final Header binary;
    private final Header json;
    private final ErrorDetails details;

    /**
     * @param family the content type without format
     */
    GrpcWebProtocol(String family, ErrorDetails details) {
        this.details = details;
        binary = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, family + "+proto");
        json = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, family + "+json");
    }

    @Override
    public Head.Wire wire() {
        return Head.Wire.GRPC_WEB;
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
        return format == Format.JSON ? json : binary;
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
