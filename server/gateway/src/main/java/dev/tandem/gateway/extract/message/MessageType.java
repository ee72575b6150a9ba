package dev.tandem.gateway.extract.message;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TypeRegistry;
import dev.tandem.structured.check.Violation;
import dev.tandem.structured.json.Json;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import dev.tandem.transcoding.schema.Declarations;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A protobuf message as what is wanted: its JSON Schema, and its values out of JSON. Immutable. */
public final class MessageType {
    private final Json schema;
    private final JsonCodec codec;

    private MessageType(Json schema, JsonCodec codec) {
        this.schema = schema;
        this.codec = codec;
    }

    static MessageType of(Descriptor message) {
        Declarations comments = Declarations.of(List.of(message.getFile()));
        TypeRegistry types = TypeRegistry.newBuilder().add(message).build();
        return new MessageType(
                new MessageSchema(comments).of(message),
                new JsonCodecs(Profile.CANONICAL, types)
                        .of(DynamicMessage.getDefaultInstance(message)));
    }

    /** The schema of its JSON. */
    public Json schema() {
        return schema;
    }

    /** What a schema cannot say and is wrong with a JSON text, such as two members of a oneof. */
    public List<Violation> violations(String json) {
        try {
            codec.read(json.getBytes(StandardCharsets.UTF_8));
            return List.of();
        } catch (JsonException e) {
            return e.violations().isEmpty()
                    ? List.of(new Violation("", "json", String.valueOf(e.getMessage())))
                    : e.violations().stream()
                            .map(found ->
                                    new Violation(
                                            pointer(found.path()), found.rule(), found.message()))
                            .toList();
        }
    }

    /** A path such as {@code people[0].name} as a JSON Pointer. */
    private static String pointer(String path) {
        return path.isEmpty()
                ? ""
                : "/" + path.replace("[", "/").replace("]", "").replace('.', '/');
    }

    /**
     * The binary message of a JSON text without violations.
     *
     * @throws IllegalArgumentException where it has some
     */
    public ByteString binary(String json) {
        try {
            return codec.read(json.getBytes(StandardCharsets.UTF_8)).toByteString();
        } catch (JsonException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
