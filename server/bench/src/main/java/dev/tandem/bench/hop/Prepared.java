package dev.tandem.bench.hop;

import dev.tandem.bench.wire.TokenText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The upstream's answers as bytes, made before they are asked for. */
final class Prepared {
    /** The model that is asked. */
    static final String MODEL = TokenText.MODEL;

    private static final String ENVELOPE =
            """
            "id":"chatcmpl-25aa1b35f7a77a9b8af1aff8","object":"%s","created":1795277796,"model":"%s","system_fingerprint":"fp_44709d6fcb","choices":[%s]\
            """;
    private static final String USAGE =
            "\"usage\":{\"prompt_tokens\":14,\"completion_tokens\":64,\"total_tokens\":78}";
    private static final String CHUNK = "chat.completion.chunk";

    private static final byte[] STREAM_HEAD =
            ascii(
                    """
                    HTTP/1.1 200 OK\r
                    content-type: text/event-stream; charset=utf-8\r
                    cache-control: no-cache\r
                    transfer-encoding: chunked\r
                    \r
                    """);
    private static final byte[] ROLE =
            event(choice("\"role\":\"assistant\",\"content\":\"\"", "null"));
    private static final byte[] TOKEN =
            event(choice("\"content\":\"" + TokenText.of(0, 0) + "\"", "null"));
    private static final byte[] FINISH = event(choice("", "\"stop\""));
    private static final byte[] LAST_USAGE =
            chunk("data: {" + envelope("") + "," + USAGE + "}\n\n");
    private static final byte[] DONE = ascii(new String(chunk("data: [DONE]\n\n")) + "0\r\n\r\n");
    private static final int TEXT = indexOf(TOKEN, TokenText.of(0, 0));

    private Prepared() {}

    /** An answer that is not streamed. */
    static byte[] whole() {
        String choice =
                "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"The capital of France is Paris, as it has been for a thousand years."
                        + TokenText.of(0, 0)
                        + "\"},\"logprobs\":null,\"finish_reason\":\"stop\"}";
        String json =
                "{" + ENVELOPE.formatted("chat.completion", MODEL, choice) + "," + USAGE + "}";
        return ascii(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                        + json.length()
                        + "\r\n\r\n"
                        + json);
    }

    /** Before the tokens of a stream: the head and the event with the role. */
    static byte[] begin() {
        return joined(STREAM_HEAD, ROLE);
    }

    /** One token. */
    static byte[] token(int number, long due) {
        byte[] token = TOKEN.clone();
        TokenText.put(number, due, token, TEXT);
        return token;
    }

    /** Behind the tokens. */
    static byte[] end(boolean usage) {
        return usage ? joined(FINISH, LAST_USAGE, DONE) : joined(FINISH, DONE);
    }

    /** A whole stream: what is written at once is one element. */
    static List<byte[]> stream(int tokens, boolean usage) {
        List<byte[]> writes = new ArrayList<>();
        writes.add(begin());
        for (int i = 0; i < tokens; i++) {
            writes.add(token(i, 0));
        }
        writes.add(end(usage));
        return writes;
    }

    private static String choice(String delta, String finish) {
        return "{\"index\":0,\"delta\":{"
                + delta
                + "},\"logprobs\":null,\"finish_reason\":"
                + finish
                + "}";
    }

    private static String envelope(String choice) {
        return ENVELOPE.formatted(CHUNK, MODEL, choice);
    }

    private static byte[] event(String choice) {
        return chunk("data: {" + envelope(choice) + "}\n\n");
    }

    /** An event is a chunk of HTTP/1.1 of its own, as servers that flush each send it. */
    private static byte[] chunk(String text) {
        return ascii(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.US_ASCII).indexOf(text);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
