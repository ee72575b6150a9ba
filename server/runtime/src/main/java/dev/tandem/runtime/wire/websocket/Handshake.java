package dev.tandem.runtime.wire.websocket;

import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.wire.envelope.Fields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The opening handshake (RFC 6455, section 4.2). */
final class Handshake {
    /** What is answered when a connection changes its protocol. */
    static final int SWITCHING_PROTOCOLS = 101;

    private static final String VERSION = "13";

    /** 16 bytes in base64. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");

    /** Proves that who answers knows WebSocket (section 1.3). */
    private static final String PROOF = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private Handshake() {}

    /** What is wrong with a request's headers; null where nothing is. */
    static @Nullable ApiError refusal(Map<String, List<String>> headers, Answer answer) {
        if (!all(headers, "sec-websocket-version").equals(List.of(VERSION))) {
            answer.header("sec-websocket-version", VERSION);
            return ApiError.of(
                    Reasons.UPGRADE_REQUIRED,
                    "The server speaks version 13 of WebSocket; send sec-websocket-version: 13.");
        }
        List<String> keys = all(headers, "sec-websocket-key");
        if (keys.size() != 1 || !KEY.matcher(keys.getFirst()).matches()) {
            return ApiError.ofParam(
                    Reasons.INVALID_HEADER,
                    "sec-websocket-key",
                    "The header sec-websocket-key must be there once: 16 bytes in base64.");
        }
        return null;
    }

    /** The answer that accepts a request which was not refused. */
    static String answer(Call call, @Nullable Subprotocol chosen) {
        StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
        add(head, "upgrade", "websocket");
        add(head, "connection", "Upgrade");
        add(
                head,
                "sec-websocket-accept",
                accept(all(call.head().headers(), "sec-websocket-key").getFirst()));
        if (chosen != null) {
            add(head, Offer.HEADER, chosen.word());
        }
        add(head, Fields.REQUEST_ID.lowerCase(), call.requestId());
        for (Answer.Field field : call.answer().headers()) {
            if (Fields.free(field.name())) {
                add(head, field.name(), field.value());
            }
        }
        return head.append("\r\n").toString();
    }

    private static void add(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static List<String> all(Map<String, List<String>> headers, String name) {
        return headers.getOrDefault(name, List.of());
    }

    static String accept(String key) {
        try {
            // no secret depends on it; the RFC says SHA-1
            byte[] hash =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + PROOF).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
