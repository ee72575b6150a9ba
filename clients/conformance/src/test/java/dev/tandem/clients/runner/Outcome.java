package dev.tandem.clients.runner;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a call.
 *
 * @param failure null where it came to its good end, or was cancelled
 */
record Outcome(List<Message> messages, @Nullable Failure failure) {

    /** How a call failed, in the words of all runners. */
    record Failure(
            String code,
            String reason,
            String message,
            String param,
            List<Broken> violations,
            @Nullable Long retryAfterMillis,
            String requestId) {}

    /** A broken rule. */
    record Broken(String field, String rule, String message) {}

    /** As the runner writes it. */
    JsonObject json(String id) throws InvalidProtocolBufferException {
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (Message message : messages) {
            String text = JsonFormat.printer().omittingInsignificantWhitespace().print(message);
            try (JsonReader reader = Json.createReader(new StringReader(text))) {
                all.add(reader.readValue());
            }
        }
        return Json.createObjectBuilder()
                .add("id", id)
                .add("messages", all)
                .add("error", failure == null ? JsonValue.NULL : json(failure))
                .build();
    }

    private static JsonObject json(Failure failure) {
        JsonArrayBuilder violations = Json.createArrayBuilder();
        for (Broken each : failure.violations()) {
            violations.add(
                    Json.createObjectBuilder()
                            .add("field", each.field())
                            .add("rule", each.rule())
                            .add("message", each.message()));
        }
        JsonObjectBuilder json =
                Json.createObjectBuilder()
                        .add("code", failure.code())
                        .add("reason", failure.reason())
                        .add("message", failure.message())
                        .add("param", failure.param())
                        .add("violations", violations)
                        .add("request_id", failure.requestId());
        return failure.retryAfterMillis() == null
                ? json.addNull("retry_after_ms").build()
                : json.add("retry_after_ms", failure.retryAfterMillis()).build();
    }
}
