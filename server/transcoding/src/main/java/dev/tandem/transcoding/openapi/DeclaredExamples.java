package dev.tandem.transcoding.openapi;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.tandem.options.v1.Options;
import dev.tandem.transcoding.json.JsonBuffer;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The examples that messages declare, as each profile and direction has them. */
final class DeclaredExamples {
    private final JsonCodecs contract = new JsonCodecs(Profile.CONTRACT);
    private final JsonCodecs canonical = new JsonCodecs(Profile.CANONICAL);

    /**
     * Empty where the type declares none.
     *
     * @throws IllegalArgumentException where what it declares is no such message
     */
    Optional<JsonValue> of(Descriptor type, Direction direction, boolean isCanonical) {
        String text = type.getOptions().getExtension(Options.message).getExample();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Message message = read(type, text);
        if (direction == Direction.READ && !isCanonical) {
            return Optional.of(json(text));
        }
        JsonBuffer buffer = new JsonBuffer();
        (isCanonical ? canonical : contract)
                .of(message.getDefaultInstanceForType())
                .write(message, buffer);
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.length());
        return Optional.of(json(new String(bytes, StandardCharsets.UTF_8)));
    }

    private Message read(Descriptor type, String text) {
        try {
            return contract.of(DynamicMessage.getDefaultInstance(type))
                    .read(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new IllegalArgumentException(
                    type.getFullName()
                            + ": its (tandem.options.v1.message).example does not fit: "
                            + (e.violations().isEmpty() ? e.getMessage() : e.violations()),
                    e);
        }
    }

    private static JsonValue json(String text) {
        try (JsonReader reader = Node.JSON.createReader(new StringReader(text))) {
            return reader.readValue();
        }
    }
}
