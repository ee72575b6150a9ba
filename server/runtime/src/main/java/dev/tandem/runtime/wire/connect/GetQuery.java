package dev.tandem.runtime.wire.connect;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reasons;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The query of a call by GET. Values may be any bytes: the message is binary, mostly. */
final class GetQuery {
    private static final byte[] NONE = {};

    private final Map<String, byte[]> parameters;

    private GetQuery(Map<String, byte[]> parameters) {
        this.parameters = parameters;
    }

    /** Does a request's target say that it is Connect's? */
    static boolean isConnect(String target) {
        int query = target.indexOf('?');
        return query >= 0 && ("&" + target.substring(query + 1) + "&").contains("&connect=v1&");
    }

    /**
     * Reads that of a request's target; of parameters that are there twice the first counts.
     *
     * @throws ApiException where it is not percent-encoded
     */
    static GetQuery of(String target) {
        Map<String, byte[]> parameters = new HashMap<>();
        int query = target.indexOf('?');
        if (query >= 0) {
            for (String pair : target.substring(query + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                byte[] value = equals < 0 ? NONE : decoded(pair.substring(equals + 1));
                parameters.putIfAbsent(new String(decoded(name), StandardCharsets.UTF_8), value);
            }
        }
        return new GetQuery(parameters);
    }

    /** A parameter that is text; empty where it is missing. */
    String text(String name) {
        return new String(parameters.getOrDefault(name, NONE), StandardCharsets.UTF_8);
    }

    /**
     * The message, compressed or not.
     *
     * @throws ApiException where it is missing or not base64 as the query says
     */
    byte[] message() {
        byte[] message = parameters.get("message");
        if (message == null) {
            throw wrong("The query has no message; it must be there, empty or not.");
        }
        return text("base64").equals("1") ? unwrapped(message) : message;
    }

    /** The alphabet for URLs, padded or not; the other one is taken, too. */
    private static byte[] unwrapped(byte[] message) {
        String text =
                new String(message, StandardCharsets.ISO_8859_1)
                        .replace('+', '-')
                        .replace('/', '_');
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw wrong("The query's message is not base64, as base64=1 says.");
        }
    }

    private static byte[] decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
                i += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return bytes.toByteArray();
    }

    private static int hex(String text, int at) {
        int digit =
                at < text.length() && text.charAt(at) < 128
                        ? Character.digit(text.charAt(at), 16)
                        : -1;
        if (digit < 0) {
            throw wrong("The query cannot be read: it must be percent-encoded.");
        }
        return digit;
    }

    private static ApiException wrong(String message) {
        return ApiError.of(Reasons.INVALID_QUERY, message).toException();
    }
}
