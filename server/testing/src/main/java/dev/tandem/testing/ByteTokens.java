package dev.tandem.testing;

import dev.tandem.engines.Refusal;
import dev.tandem.engines.Tokens;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.TokenizeRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A vocabulary for tests: each byte of a text's UTF-8 is a token, 0 to 255. */
final class ByteTokens {
    private static final int SIZE = 256;

    private ByteTokens() {}

    /** Conversations are split as {@code role: text} and a line end for each message. */
    static Tokens split(TokenizeRequest request) {
        String text = request.hasPrompt() ? request.getPrompt() : rendered(request);
        List<Integer> ids = split(text);
        return new Tokens(
                ids,
                request.getReturnTokenStrs()
                        ? ids.stream().map(ByteTokens::text).toList()
                        : List.of());
    }

    private static String rendered(TokenizeRequest request) {
        StringBuilder text = new StringBuilder();
        for (ChatMessage message : request.getMessagesList()) {
            text.append(message.getRole()).append(": ");
            message.getContentList().stream().map(ContentPart::getText).forEach(text::append);
            text.append('\n');
        }
        if (!request.hasAddGenerationPrompt() || request.getAddGenerationPrompt()) {
            text.append("ROLE_ASSISTANT: ");
        }
        return text.toString();
    }

    static List<Integer> split(String text) {
        List<Integer> ids = new ArrayList<>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            ids.add(b & 0xff);
        }
        return ids;
    }

    /**
     * The text of tokens.
     *
     * @param field where they stand in the request
     */
    static String join(List<Integer> ids, String field) {
        byte[] bytes = new byte[ids.size()];
        for (int i = 0; i < bytes.length; i++) {
            int id = ids.get(i);
            if (id < 0 || id >= SIZE) {
                throw Refusal.unsupportedValue(
                        field + "[" + i + "]",
                        "The vocabulary has no token %s; its tokens are 0 to %d."
                                .formatted(Integer.toUnsignedString(id), SIZE - 1));
            }
            bytes[i] = (byte) id;
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String text(int id) {
        return new String(new byte[] {(byte) id}, StandardCharsets.UTF_8);
    }
}
