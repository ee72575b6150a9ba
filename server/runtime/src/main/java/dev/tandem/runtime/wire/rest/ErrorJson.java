package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The one form of an error in JSON: the body of an answer, or the last event of a stream. {@code
 * param} and {@code code} are there even when there is none, because frameworks branch on them.
 */
public final class ErrorJson {
    private static final JsonFactory JSON = new JsonFactory();

    private ErrorJson() {}

    /** UTF-8, on one line. */
    public static byte[] of(ApiError error, String requestId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeObjectPropertyStart("error");
            string(json, "message", error.message());
            string(json, "type", error.code().type());
            string(json, "param", error.param());
            string(json, "code", error.reason().isEmpty() ? null : error.reason());
            json.writeArrayPropertyStart("details");
            for (ApiError.Violation violation : error.violations()) {
                json.writeStartObject();
                string(json, "field", violation.field());
                string(json, "rule", violation.rule());
                string(json, "message", violation.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            string(json, "request_id", requestId);
            if (error.retryAfter() != null) {
                json.writeNumberProperty("retry_after", seconds(error.retryAfter()));
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** As whole seconds, rounded up, which is all that HTTP's {@code Retry-After} can say. */
    static long seconds(Duration retryAfter) {
        return retryAfter.plusNanos(999_999_999).toSeconds();
    }

    private static void string(JsonGenerator json, String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, wellFormed(value));
        }
    }

    /** Replaces halves of surrogate pairs, which a message that was cut short may end in. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
