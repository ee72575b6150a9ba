package dev.tandem.runtime.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The SHA-256 of a key: what a server keeps in its place. Keys have 256 random bits, so nothing is
 * gained by a slow hash or salt.
 *
 * @param hex 64 digits in lower case
 */
public record KeyHash(String hex) {
    /**
     * @throws IllegalArgumentException where it is not 64 hexadecimal digits
     */
    public KeyHash {
        hex = hex.toLowerCase(Locale.ROOT);
        if (hex.length() != 64 || !isHex(hex)) {
            throw new IllegalArgumentException("a SHA-256 is 64 hexadecimal digits");
        }
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static KeyHash of(byte[] secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return new KeyHash(HexFormat.of().formatHex(digest.digest(secret)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The hash of a key. */
    public static KeyHash of(Secret key) {
        return key.sha256();
    }
}
