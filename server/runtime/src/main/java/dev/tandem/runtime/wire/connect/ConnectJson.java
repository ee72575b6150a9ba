package dev.tandem.runtime.wire.connect;

import com.google.protobuf.Any;
import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.wire.envelope.ErrorDetails;
import dev.tandem.runtime.wire.envelope.Fields;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What Connect says in JSON whatever the messages' format: an error, and the end of a stream. */
final class ConnectJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    private final ErrorDetails details;

    /**
     * @param details what errors say to programs
     */
    ConnectJson(ErrorDetails details) {
        this.details = details;
    }

    /** The body of a unary answer that is an error. */
    byte[] error(ApiError error, Call call) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(json, error, call);
        }
        return bytes.toByteArray();
    }

    /**
     * The last message of a stream, with the call's trailers.
     *
     * @param error what went wrong, or null
     */
    byte[] endOfStream(@Nullable ApiError error, Call call) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            if (error != null) {
                json.writeName("error");
                write(json, error, call);
            }
            Map<String, List<String>> trailers = trailers(call);
            if (!trailers.isEmpty()) {
                json.writeObjectPropertyStart("metadata");
                trailers.forEach((name, values) -> {
                    json.writeArrayPropertyStart(name);
                    values.forEach(json::writeString);
                    json.writeEndArray();
                });
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static Map<String, List<String>> trailers(Call call) {
        Map<String, List<String>> trailers = new LinkedHashMap<>();
        for (Answer.Field field : call.answer().trailers()) {
            if (Fields.free(field.name())) {
                trailers.computeIfAbsent(field.name(), name -> new ArrayList<>(1))
                        .add(field.value());
            }
        }
        return trailers;
    }

    private void write(JsonGenerator json, ApiError error, Call call) {
        json.writeStartObject();
        json.writeStringProperty("code", ConnectCode.of(error.code().grpc()).word());
        if (!error.message().isEmpty()) {
            json.writeStringProperty("message", wellFormed(error.message()));
        }
        List<Any> told = details.of(error, call);
        if (!told.isEmpty()) {
            json.writeArrayPropertyStart("details");
            told.forEach(detail -> write(json, detail));
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Any detail) {
        String url = detail.getTypeUrl();
        json.writeStartObject();
        json.writeStringProperty("type", url.substring(url.lastIndexOf('/') + 1));
        json.writeStringProperty("value", BASE64.encodeToString(detail.getValue().toByteArray()));
        DetailJson.of(detail)
                .ifPresent(debug -> {
                    json.writeName("debug");
                    json.writeRawValue(debug);
                });
        json.writeEndObject();
    }

    /** Replaces halves of surrogate pairs, which a message that was cut short may end in. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
