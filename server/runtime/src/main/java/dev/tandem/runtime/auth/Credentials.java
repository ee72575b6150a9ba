package dev.tandem.runtime.auth;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Head;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a call shows for itself, the same on every wire: HTTP headers, or gRPC's metadata.
 *
 * @param form how it is shown
 * @param secret the key or token; of {@code Basic} the password
 */
public record Credentials(Form form, Secret secret) {
    /** How credentials are shown. */
    public enum Form {
        /** {@code Authorization: Bearer …} (RFC 6750). */
        BEARER,
        /** {@code Authorization: Basic …} (RFC 7617); whatever the user is called. */
        BASIC,
        /** {@code x-api-key} or {@code api-key}. */
        API_KEY
    }

    /** More than any key, and most tokens, in bytes. */
    static final int LONGEST = 8 << 10;

    private static final String AUTHORIZATION = "authorization";
    private static final List<String> KEY_HEADERS = List.of("x-api-key", "api-key");

    /**
     * The credential of a call; empty where it shows none. The same one twice counts as one.
     *
     * @throws dev.tandem.runtime.call.ApiException where it has not the form of one, or there are
     *     two
     */
    public static Optional<Credentials> of(Head head) {
        List<Credentials> all = new ArrayList<>(1);
        for (String value : head.headers().getOrDefault(AUTHORIZATION, List.of())) {
            all.add(authorization(value.strip()));
        }
        for (String name : KEY_HEADERS) {
            for (String value : head.headers().getOrDefault(name, List.of())) {
                all.add(new Credentials(Form.API_KEY, token(value.strip(), name)));
            }
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Credentials first = all.getFirst();
        if (!all.stream().allMatch(other -> other.secret().equals(first.secret()))) {
            throw ApiError.of(
                            AuthReasons.AMBIGUOUS_CREDENTIALS,
                            "The request has two different credentials; send one, in authorization,"
                                    + " x-api-key or api-key.")
                    .toException();
        }
        return Optional.of(first);
    }

    private static Credentials authorization(String value) {
        int blank = value.indexOf(' ');
        String scheme = (blank < 0 ? value : value.substring(0, blank)).toLowerCase(Locale.ROOT);
        String rest = blank < 0 ? "" : value.substring(blank).strip();
        return switch (scheme) {
            case "bearer" -> new Credentials(Form.BEARER, token(rest, AUTHORIZATION));
            case "basic" -> new Credentials(Form.BASIC, password(rest));
            default -> throw malformed("The authorization header must begin with Bearer or Basic.");
        };
    }

    private static Secret token(String text, String header) {
        if (text.length() > LONGEST || !isToken(text)) {
            throw malformed("The header " + header + " has no key or token in it.");
        }
        return Secret.of(text);
    }

    /** RFC 6750, section 2.1: letters, digits and some others, then any number of =. */
    private static boolean isToken(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && "._~+/-".indexOf(c) < 0) {
                return false;
            }
        }
        return end > 0;
    }

    private static Secret password(String encoded) {
        try {
            if (encoded.length() > LONGEST) {
                throw new IllegalArgumentException("too long");
            }
            String pair =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Base64.getDecoder().decode(encoded)))
                            .toString();
            int colon = pair.indexOf(':');
            if (colon < 0 || colon == pair.length() - 1) {
                throw malformed(
                        "The authorization header has no password; Basic takes a key as password.");
            }
            return Secret.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw malformed("What follows Basic in the authorization header is not base64.");
        }
    }

    private static RuntimeException malformed(String message) {
        return ApiError.of(AuthReasons.MALFORMED_CREDENTIALS, message).toException();
    }
}
