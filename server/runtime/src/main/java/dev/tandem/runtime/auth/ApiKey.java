package dev.tandem.runtime.auth;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What an API key looks like: {@code tdm_}, 43 characters for 256 random bits, 6 for their CRC-32,
 * in the letters and digits of ASCII. The beginning lets scanners find keys that were published;
 * the checksum tells typing errors from keys without looking them up.
 */
public final class ApiKey {
    /** How every key begins. */
    public static final String PREFIX = "tdm_";

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_DIGITS = 43; // 62^43 > 2^256
    private static final int SUM_DIGITS = 6; // 62^6 > 2^32
    private static final Pattern FORM =
            Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (RANDOM_DIGITS + SUM_DIGITS) + "}");

    private ApiKey() {}

    /** A new key, which nobody had before. */
    public static Secret create(SecureRandom random) {
        StringBuilder text = new StringBuilder(PREFIX);
        // each digit is drawn by itself: 43 of them are 256.03 bits, none more likely than another
        random.ints(RANDOM_DIGITS, 0, DIGITS.length()).forEach(i -> text.append(DIGITS.charAt(i)));
        return Secret.of(text + sum(text.substring(PREFIX.length())));
    }

    /** Does the text begin as keys do? */
    static boolean looksLike(String text) {
        return text.startsWith(PREFIX);
    }

    /** Whether it has a key's form and its checksum fits; not whether anybody knows it. */
    public static boolean wellFormed(Secret key) {
        String text = key.reveal();
        if (!FORM.matcher(text).matches()) {
            return false;
        }
        int end = PREFIX.length() + RANDOM_DIGITS;
        return sum(text.substring(PREFIX.length(), end)).equals(text.substring(end));
    }

    private static String sum(String digits) {
        CRC32 crc = new CRC32();
        crc.update(digits.getBytes(StandardCharsets.US_ASCII));
        StringBuilder sum = new StringBuilder();
        long rest = crc.getValue();
        for (int i = 0; i < SUM_DIGITS; i++) {
            sum.insert(0, DIGITS.charAt((int) (rest % DIGITS.length())));
            rest /= DIGITS.length();
        }
        return sum.toString();
    }
}
