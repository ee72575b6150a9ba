package dev.tandem.clients.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import dev.tandem.clients.runner.Outcome.Failure;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** gRPC-Web, and Connect's streams and single answers: as much of them as a client needs. */
final class EnvelopeWire {
    private static final int LAST_OF_WEB = 0x80;
    private static final int LAST_OF_CONNECT = 0x02;

    private final Http http;

    EnvelopeWire(Http http) {
        this.http = http;
    }

    Outcome web(Asked call) throws IOException, InterruptedException {
        Map<String, String> headers = new TreeMap<>();
        headers.put("content-type", "application/grpc-web+proto");
        if (call.timeout() != null) {
            headers.put("grpc-timeout", call.timeout().toMillis() + "m");
        }
        HttpResponse<InputStream> answer = http.post(call, headers, enveloped(call.request()));
        try (InputStream in = answer.body()) {
            List<Message> messages = new ArrayList<>();
            String trailers = read(call, in, LAST_OF_WEB, messages);
            if (trailers == null) {
                return new Outcome(messages, null);
            }
            Map<String, String> lines = new TreeMap<>();
            answer.headers().map().forEach((name, values) -> lines.put(name, values.getFirst()));
            trailers.lines().forEach(line -> put(lines, line));
            return new Outcome(messages, webFailure(lines));
        }
    }

    private static void put(Map<String, String> lines, String line) {
        int colon = line.indexOf(':');
        lines.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }

    private static @Nullable Failure webFailure(Map<String, String> trailers) throws IOException {
        String status = trailers.getOrDefault("grpc-status", "2");
        if (status.equals("0")) {
            return null;
        }
        String details = trailers.getOrDefault("grpc-status-details-bin", "");
        String message = trailers.getOrDefault("grpc-message", "").replace("+", "%2B");
        return StatusDetails.of(
                Integer.parseInt(status),
                URLDecoder.decode(message, UTF_8),
                Base64.getDecoder().decode(details));
    }

    Outcome connect(Asked call) throws IOException, InterruptedException {
        Map<String, String> headers = new TreeMap<>();
        headers.put("connect-protocol-version", "1");
        headers.put(
                "content-type", call.streams() ? "application/connect+proto" : "application/proto");
        if (call.timeout() != null) {
            headers.put("connect-timeout-ms", Long.toString(call.timeout().toMillis()));
        }
        byte[] body = call.streams() ? enveloped(call.request()) : call.request().toByteArray();
        HttpResponse<InputStream> answer = http.post(call, headers, body);
        List<Message> messages = new ArrayList<>();
        try (InputStream in = answer.body()) {
            if (call.streams() && answer.statusCode() == 200) {
                String last = read(call, in, LAST_OF_CONNECT, messages);
                return new Outcome(messages, last == null ? null : StatusDetails.last(last));
            }
            byte[] whole = in.readAllBytes();
            return answer.statusCode() == 200
                    ? new Outcome(List.of(call.answer(whole)), null)
                    : new Outcome(messages, StatusDetails.connect(new String(whole, UTF_8)));
        }
    }

    private static byte[] enveloped(Message message) {
        byte[] bytes = message.toByteArray();
        return ByteBuffer.allocate(5 + bytes.length)
                .put((byte) 0)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    /** Returns the last envelope's text, empty where there is none, or null after a cancel. */
    private static @Nullable String read(
            Asked call, InputStream in, int last, List<Message> messages) throws IOException {
        DataInputStream data = new DataInputStream(in);
        for (int flags = data.read(); flags >= 0; flags = data.read()) {
            byte[] bytes = data.readNBytes(data.readInt());
            if ((flags & last) != 0) {
                return new String(bytes, UTF_8);
            }
            messages.add(call.answer(bytes));
            if (call.enough(messages.size())) {
                return null;
            }
        }
        return "";
    }
}
