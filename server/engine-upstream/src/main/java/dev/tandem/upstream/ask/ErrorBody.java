package dev.tandem.upstream.ask;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a server says went wrong, in any of the forms that servers of this API have: {@code
 * {"error": {…}}}, {@code {"error": "…"}}, the error's fields alone, FastAPI's {@code detail}.
 *
 * @param message empty where there is none
 * @param type in lower case; empty where there is none
 * @param code in lower case; empty where there is none or it is a number
 * @param param null where there is none
 * @param status the HTTP status that the error itself tells, as servers do within streams; 0 where
 *     it tells none
 */
public record ErrorBody(
        String message, String type, String code, @Nullable String param, int status) {
    /** Nothing that can be understood. */
    static final ErrorBody NONE = new ErrorBody("", "", "", null, 0);

    /** The HTTP statuses of codes and types, in lower case. */
    private static final Map<String, Integer> STATUSES =
            Map.ofEntries(
                    Map.entry("rate_limit_exceeded", 429),
                    Map.entry("rate_limit_error", 429),
                    Map.entry("requests", 429),
                    Map.entry("tokens", 429),
                    Map.entry("overloaded_error", 503),
                    Map.entry("overloaded", 503),
                    Map.entry("service_unavailable", 503),
                    Map.entry("unavailable_error", 503),
                    Map.entry("timeout", 504),
                    Map.entry("timeout_error", 504),
                    Map.entry("authentication_error", 401),
                    Map.entry("billing_error", 402),
                    Map.entry("permission_error", 403),
                    Map.entry("not_found_error", 404),
                    Map.entry("request_too_large", 413),
                    Map.entry("invalid_request_error", 400),
                    Map.entry("context_length_exceeded", 400),
                    Map.entry("badrequesterror", 400),
                    Map.entry("exceed_context_size_error", 400));

    /** What servers say, in lower case, where a prompt does not fit their model. */
    private static final List<String> TOO_LONG =
            List.of(
                    "maximum context length",
                    "prompt is too long",
                    "exceed context limit",
                    "exceeds the context length",
                    "exceeds maximum context length",
                    "exceeds the available context size",
                    "exceed context window",
                    "context length of only",
                    "longer than the model's context length",
                    "`inputs` must have less than",
                    "`inputs` tokens + `max_new_tokens` must be");

    private static final int FIRST_ERROR = 400;
    private static final int LAST_ERROR = 599;

    /** The same of a text. */
    static ErrorBody read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    /** What can be understood of a JSON text; {@code NONE} where that is nothing. */
    public static ErrorBody read(byte[] json) {
        return of(JsonValues.read(json));
    }

    private static ErrorBody of(@Nullable Object value) {
        if (value instanceof String text) {
            return new ErrorBody(text, "", "", null, 0);
        }
        if (!(value instanceof Map<?, ?> map)) {
            return NONE;
        }
        Object inner = map.get("error");
        if (inner instanceof Map<?, ?>) {
            return of(inner);
        }
        if (map.get("detail") instanceof List<?> details) {
            return ofDetails(details);
        }
        return new ErrorBody(
                first(map, "message", "error", "detail", "msg"),
                first(map, "type", "error_type").toLowerCase(Locale.ROOT),
                first(map, "code").toLowerCase(Locale.ROOT),
                map.get("param") instanceof String param && !param.isEmpty() ? param : null,
                status(map));
    }

    /** FastAPI's violations: the first tells. */
    private static ErrorBody ofDetails(List<?> details) {
        if (details.isEmpty() || !(details.getFirst() instanceof Map<?, ?> first)) {
            return NONE;
        }
        String param = null;
        if (first.get("loc") instanceof List<?> steps) {
            param =
                    steps.stream()
                            .filter(step -> !"body".equals(step))
                            .map(step ->
                                    step instanceof Number number
                                            ? "[" + number.intValue() + "]"
                                            : "." + step)
                            .collect(Collectors.joining());
            param = param.startsWith(".") ? param.substring(1) : param;
        }
        boolean named = param != null && !param.isEmpty();
        return new ErrorBody(first(first, "msg"), "", "", named ? param : null, 0);
    }

    private static String first(Map<?, ?> map, String... names) {
        for (String name : names) {
            if (map.get(name) instanceof String text && !text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private static int status(Map<?, ?> map) {
        for (String name : List.of("code", "status", "status_code")) {
            if (map.get(name) instanceof Number number
                    && number.intValue() >= FIRST_ERROR
                    && number.intValue() <= LAST_ERROR) {
                return number.intValue();
            }
        }
        return 0;
    }

    /** Is it that the prompt does not fit the model? Few servers have the API's code for it. */
    boolean tellsContextLength() {
        String words = message.toLowerCase(Locale.ROOT);
        return code.equals("context_length_exceeded")
                || type.equals("exceed_context_size_error")
                || TOO_LONG.stream().anyMatch(words::contains);
    }

    /** Is it that there is no money left? Waiting does not help then. */
    boolean tellsQuota() {
        return code.equals("insufficient_quota")
                || type.equals("billing_error")
                || type.equals("insufficient_quota")
                || code.equals("billing_hard_limit_reached");
    }

    /** The HTTP status that fits the error, where it comes within an answer that began with 200. */
    int statusWithin() {
        if (status != 0) {
            return status;
        }
        Integer known = STATUSES.get(code.isEmpty() ? type : code);
        return known != null ? known : tellsContextLength() ? 400 : 500;
    }
}
