package dev.tandem.testing;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code {"error": {…}}}. */
final class ErrorJson {
    private static final JsonCodec OBJECT =
            new JsonCodecs(Profile.CANONICAL).of(Struct.getDefaultInstance());

    private ErrorJson() {}

    /** The failure, or null where the text is no error object. */
    static @Nullable Failure parse(String json) {
        try {
            Struct object = (Struct) OBJECT.read(json.getBytes(StandardCharsets.UTF_8));
            Value error = object.getFieldsMap().get("error");
            return error == null ? null : failure(error.getStructValue());
        } catch (JsonException e) {
            return null;
        }
    }

    private static Failure failure(Struct error) {
        List<Violation> violations =
                field(error, "details").getListValue().getValuesList().stream()
                        .map(Value::getStructValue)
                        .map(each ->
                                new Violation(
                                        text(each, "field"),
                                        text(each, "rule"),
                                        text(each, "message")))
                        .toList();
        String param = field(error, "param").hasStringValue() ? text(error, "param") : null;
        return new Failure(
                text(error, "code"),
                text(error, "message"),
                param,
                violations,
                text(error, "request_id"),
                retryAfter(field(error, "retry_after")));
    }

    private static @Nullable Duration retryAfter(Value seconds) {
        return seconds.hasNumberValue()
                ? Duration.ofSeconds((long) seconds.getNumberValue())
                : null;
    }

    private static String text(Struct object, String name) {
        return field(object, name).getStringValue();
    }

    private static Value field(Struct object, String name) {
        return object.getFieldsMap().getOrDefault(name, Value.getDefaultInstance());
    }
}
