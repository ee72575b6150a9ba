package dev.tandem.testing;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP request, written as it stands.
 *
 * @param verb the HTTP method
 * @param target path and query
 * @param headers names in lower case, in order; host and content-length are added where they lack
 * @param body empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record HttpRequest(String verb, String target, Map<String, String> headers, byte[] body) {

    /** A GET without body. */
    public static HttpRequest get(String target) {
        return new HttpRequest("GET", target, Map.of(), new byte[0]);
    }

    /** A POST of JSON text, right or wrong. */
    public static HttpRequest post(String target, String json) {
        return of("POST", target, json);
    }

    /** Any HTTP method with JSON text, right or wrong. */
    public static HttpRequest of(String verb, String target, String json) {
        return new HttpRequest(
                verb,
                target,
                Map.of("content-type", "application/json"),
                json.getBytes(StandardCharsets.UTF_8));
    }

    /** With one more header, or another value of it. */
    public HttpRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpRequest(verb, target, more, body);
    }

    /** With a caller's headers. Its limit of time is told in {@code x-request-timeout}. */
    public HttpRequest by(Caller caller) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.putAll(caller.headers());
        if (caller.timeout() != null) {
            more.put("x-request-timeout", Double.toString(caller.timeout().toMillis() / 1000.0));
        }
        return new HttpRequest(verb, target, more, body);
    }
}
