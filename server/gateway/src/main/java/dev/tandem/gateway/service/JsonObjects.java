package dev.tandem.gateway.service;

import com.google.protobuf.Struct;
import dev.tandem.transcoding.json.JsonCodec;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.JsonException;
import dev.tandem.transcoding.json.Profile;
import java.nio.charset.StandardCharsets;

/**
 * Looks at the JSON text in string fields. The wires that carry JSON do so; gRPC carries any text.
 */
final class JsonObjects {
    private static final JsonCodec OBJECT =
            new JsonCodecs(Profile.CANONICAL).of(Struct.getDefaultInstance());

    private JsonObjects() {}

    /** Breaks a rule where the text is no JSON object. */
    static void check(String path, String json, BrokenRules broken) {
        try {
            OBJECT.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            broken.add(path, "type", "Must be a JSON object.");
        }
    }
}
