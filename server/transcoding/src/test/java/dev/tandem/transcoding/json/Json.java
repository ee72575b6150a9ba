package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One profile, with strings for bytes and single quotes for double ones. */
record Json(JsonCodecs codecs) {
    Json(Profile profile) {
        this(new JsonCodecs(profile));
    }

    String write(Message message) {
        JsonBuffer out = new JsonBuffer();
        codecs.of(message.getDefaultInstanceForType()).write(message, out);
        return out.toString();
    }

    <T extends Message> T read(T prototype, String json) {
        try {
            @SuppressWarnings("unchecked")
            T message = (T) codecs.of(prototype).read(bytes(json));
            return message;
        } catch (JsonException refused) {
            throw new AssertionError(refused + " " + refused.violations(), refused);
        }
    }

    JsonException refuse(Message prototype, String json) {
        return refuse(prototype, bytes(json));
    }

    JsonException refuse(Message prototype, byte[] json) {
        JsonException refused =
                catchThrowableOfType(JsonException.class, () -> codecs.of(prototype).read(json));
        assertThat(refused).as(new String(json, StandardCharsets.UTF_8)).isNotNull();
        return refused;
    }

    /** Path and rule of every violation, as {@code a[0].b type}. */
    List<String> violations(Message prototype, String json) {
        return refuse(prototype, json).violations().stream()
                .map(violation -> (violation.path() + ' ' + violation.rule()).strip())
                .toList();
    }

    /** Reads and writes again: what comes is what is said. */
    void keeps(Message prototype, String json) {
        assertThat(write(read(prototype, json))).isEqualTo(json.replace('\'', '"'));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
