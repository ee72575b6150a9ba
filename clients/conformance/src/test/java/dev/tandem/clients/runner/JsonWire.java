package dev.tandem.clients.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.tandem.clients.runner.Outcome.Broken;
import dev.tandem.clients.runner.Outcome.Failure;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** REST with one answer, server-sent events and NDJSON, on the methods' canonical paths. */
final class JsonWire {
    private static final Map<String, String> ACCEPT =
            Map.of(
                    "rest", "application/json",
                    "sse", "text/event-stream",
                    "ndjson", "application/x-ndjson");

    private final Http http;

    JsonWire(Http http) {
        this.http = http;
    }

    Outcome run(Asked call) throws IOException, InterruptedException {
        Map<String, String> headers = new TreeMap<>();
        headers.put("content-type", "application/json");
        headers.put("accept", ACCEPT.get(call.wire()));
        if (call.timeout() != null) {
            headers.put(
                    "x-request-timeout",
                    BigDecimal.valueOf(call.timeout().toMillis(), 3).toPlainString());
        }
        byte[] body = JsonFormat.printer().print(call.request()).getBytes(UTF_8);
        HttpResponse<InputStream> answer = http.post(call, headers, body);
        try (InputStream in = answer.body()) {
            if (answer.statusCode() != 200) {
                String text = new String(in.readAllBytes(), UTF_8);
                return new Outcome(List.of(), failure(text, code(answer.statusCode(), text)));
            }
            return call.streams()
                    ? stream(call, in)
                    : new Outcome(List.of(call.answer(new String(in.readAllBytes(), UTF_8))), null);
        }
    }

    private static Outcome stream(Asked call, InputStream in) throws IOException {
        boolean events = call.wire().equals("sse");
        List<Message> messages = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() || (events && !line.startsWith("data:"))) {
                continue;
            }
            String data = events ? line.substring("data:".length()).strip() : line;
            if (data.equals("[DONE]")) {
                continue;
            }
            if (data.startsWith("{\"error\":")) {
                return new Outcome(messages, failure(data, lastEvent(data)));
            }
            messages.add(call.answer(data));
            if (call.enough(messages.size())) {
                return new Outcome(messages, null);
            }
        }
        return new Outcome(messages, null);
    }

    private static JsonObject error(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject().getJsonObject("error");
        }
    }

    private static Failure failure(String text, String code) {
        JsonObject error = error(text);
        List<Broken> violations =
                error.getJsonArray("details").getValuesAs(JsonObject.class).stream()
                        .map(each ->
                                new Broken(
                                        each.getString("field"),
                                        each.getString("rule"),
                                        each.getString("message")))
                        .toList();
        return new Failure(
                code,
                error.getString("code"),
                error.getString("message"),
                error.get("param") instanceof JsonString param ? param.getString() : "",
                violations,
                error.containsKey("retry_after")
                        ? (Long) (error.getInt("retry_after") * 1000L)
                        : null,
                error.getString("request_id", ""));
    }

    private static String code(int status, String text) {
        return switch (status) {
            case 400, 406, 415, 422 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 413, 414, 429, 431 -> "RESOURCE_EXHAUSTED";
            case 499 -> "CANCELLED";
            case 500 -> "INTERNAL";
            case 405, 501 -> "UNIMPLEMENTED";
            case 502, 503 -> "UNAVAILABLE";
            case 408, 504 -> "DEADLINE_EXCEEDED";
            default -> throw new IllegalStateException("HTTP " + status + ": " + text);
        };
    }

    private static String lastEvent(String text) {
        JsonValue type = error(text).get("type");
        return switch (type instanceof JsonString word ? word.getString() : "") {
            case "timeout_error" -> "DEADLINE_EXCEEDED";
            case "rate_limit_error" -> "RESOURCE_EXHAUSTED";
            case "server_error" -> "UNAVAILABLE";
            case "cancelled" -> "CANCELLED";
            default -> "INVALID_ARGUMENT";
        };
    }
}
