package dev.tandem.clients;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The keys of the server that asks for one. */
final class Keys {
    private static final List<Key> ALL =
            List.of(
                    new Key("all", "[\"inference\", \"models.read\"]", "{}", "null", "null"),
                    new Key("models", "[\"models.read\"]", "{}", "null", "null"),
                    new Key(
                            "other",
                            "[\"inference\", \"models.read\"]",
                            "{\"models\": [\"other\"]}",
                            "null",
                            "null"),
                    new Key(
                            "expired",
                            "[\"inference\", \"models.read\"]",
                            "{}",
                            "\"2026-01-02T00:00:00Z\"",
                            "null"),
                    new Key(
                            "revoked",
                            "[\"inference\", \"models.read\"]",
                            "{}",
                            "null",
                            "\"2026-01-02T00:00:00Z\""));

    private Keys() {}

    private record Key(
            String name, String scopes, String attributes, String expires, String revoked) {
        String text() {
            return "key-of-the-conformance-tests-" + name;
        }

        String json() {
            return """
            {"name": "%s", "sha256": "%s", "scopes": %s, "attributes": %s, "created": "2026-01-01T00:00:00Z", "expires": %s, "revoked": %s}\
            """
                    .formatted(name, sha256(text()), scopes, attributes, expires, revoked);
        }
    }

    /** The key of a name that cases use. */
    static String named(String name) {
        return ALL.stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no key " + name))
                .text();
    }

    /** The text with keys in place of {@code ${key.NAME}}. */
    static String put(String text) {
        String all = text;
        for (Key key : ALL) {
            all = all.replace("${key." + key.name() + "}", key.text());
        }
        return all;
    }

    /** The server's file. */
    static Path file(Path folder) throws IOException {
        String keys = ALL.stream().map(Key::json).collect(Collectors.joining(",\n"));
        return Files.writeString(folder.resolve("keys.json"), "{\"keys\": [" + keys + "]}");
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
