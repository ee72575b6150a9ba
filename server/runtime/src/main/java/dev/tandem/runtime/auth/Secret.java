package dev.tandem.runtime.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A text that must not be seen. No text itself, so that it is not joined to one by accident; {@link
 * #reveal()} is the only way to it. Compared in constant time.
 */
public final class Secret {
    /** What is shown in its place. */
    public static final String MASK = "***";

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Keeps a text. */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text, for the one place that needs it. */
    public String reveal() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Its SHA-256. */
    KeyHash sha256() {
        return KeyHash.of(bytes);
    }

    /** How many bytes of UTF-8 it has. */
    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    /** Tells nothing of the text. */
    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return MASK;
    }
}
