package dev.tandem.runtime.wire.grpc;

import dev.tandem.runtime.wire.envelope.EncodingHeaders;
import dev.tandem.runtime.wire.envelope.Format;
import dev.tandem.runtime.wire.envelope.Protocol;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What gRPC and gRPC-Web say alike: time limits and encodings. */
public abstract class GrpcFamily implements Protocol {
    private final Header binary;
    private final Header json;

    /**
     * @param binary the content type of answers in protobuf's own form
     * @param json the content type of answers in JSON
     */
    protected GrpcFamily(String binary, String json) {
        this.binary = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, binary);
        this.json = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, json);
    }

    @Override
    public final HeaderName timeout() {
        return Timeout.HEADER;
    }

    @Override
    public final @Nullable Duration timeout(String value) {
        return Timeout.parse(value);
    }

    @Override
    public final String timeoutForm() {
        return Timeout.FORM;
    }

    @Override
    public final EncodingHeaders encodings() {
        return StatusTrailers.ENCODINGS;
    }

    @Override
    public final Header contentType(Format format) {
        return format == Format.JSON ? json : binary;
    }
}
