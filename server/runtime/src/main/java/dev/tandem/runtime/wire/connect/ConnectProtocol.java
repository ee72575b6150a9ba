package dev.tandem.runtime.wire.connect;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.wire.envelope.EncodingHeaders;
import dev.tandem.runtime.wire.envelope.Format;
import dev.tandem.runtime.wire.envelope.Protocol;
import dev.tandem.runtime.wire.envelope.Response;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Connect's streams: the status in a last message, as JSON. */
final class ConnectProtocol implements Protocol {
    /** Every Connect client sends it. */
    static final HeaderName VERSION = HeaderNames.create("connect-protocol-version");

    private static final HeaderName TIMEOUT = HeaderNames.create("connect-timeout-ms");
    private static final Pattern MILLISECONDS = Pattern.compile("\\d{1,10}");
    private static final int END_OF_STREAM = 2;

    private static final EncodingHeaders ENCODINGS =
            EncodingHeaders.of("connect-content-encoding", "connect-accept-encoding");
    private static final Header BINARY =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/connect+proto");
    private static final Header JSON =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/connect+json");

    private final ConnectJson json;

    ConnectProtocol(ConnectJson json) {
        this.json = json;
    }

    @Override
    public Head.Wire wire() {
        return Head.Wire.CONNECT;
    }

    @Override
    public HeaderName timeout() {
        return TIMEOUT;
    }

    @Override
    public @Nullable Duration timeout(String value) {
        return MILLISECONDS.matcher(value).matches()
                ? Duration.ofMillis(Long.parseLong(value))
                : null;
    }

    @Override
    public String timeoutForm() {
        return "up to ten digits, which are milliseconds";
    }

    @Override
    public EncodingHeaders encodings() {
        return ENCODINGS;
    }

    @Override
    public @Nullable ApiError refusal(Headers request) {
        String version = request.first(VERSION).orElse("1");
        return version.equals("1")
                ? null
                : ApiError.of(
                        Reasons.INVALID_HEADER, "The header connect-protocol-version must be 1.");
    }

    @Override
    public Header contentType(Format format) {
        return format == Format.JSON ? JSON : BINARY;
    }

    @Override
    public void end(Response response, Call call, @Nullable ApiError error) {
        response.endWithFrame(END_OF_STREAM, json.endOfStream(error, call));
    }
}
