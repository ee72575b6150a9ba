package dev.tandem.runtime;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tandem.test.v1.ChatRequest;
import dev.tandem.test.v1.ChatResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation of length-prefixed messages says: written straight from the protocols, to be
 * compared with those who read it in pieces.
 *
 * @param texts of the messages, as far as they are good
 * @param good did it end in order?
 * @param runs for base64: is it whole, so that the texts are exact?
 */
record RpcReference(List<String> texts, boolean good, boolean runs) {
    private static final Pattern GROUPS =
            Pattern.compile("(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)*+");

    /** A request. */
    static RpcReference of(RpcMutant request, int limit) {
        if (request.kind() != RpcMutant.Kind.TEXT) {
            return read(ByteBuffer.wrap(request.body()), request.gzip(), limit, true);
        }
        String text = new String(request.body(), StandardCharsets.ISO_8859_1);
        Matcher groups = GROUPS.matcher(text);
        boolean whole = groups.lookingAt() && groups.end() == text.length();
        return read(ByteBuffer.wrap(decoded(groups.group())), request.gzip(), limit, whole);
    }

    static byte[] decoded(String groups) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < groups.length(); at += 4) {
            all.writeBytes(Base64.getDecoder().decode(groups.substring(at, at + 4)));
        }
        return all.toByteArray();
    }

    private static RpcReference read(ByteBuffer in, boolean gzip, int limit, boolean whole) {
        List<String> texts = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] message = message(in, gzip, limit);
            if (message == null) {
                return new RpcReference(texts, false, whole);
            }
            try {
                texts.add(ChatRequest.parseFrom(message).getText());
            } catch (InvalidProtocolBufferException e) {
                return new RpcReference(texts, false, whole);
            }
        }
        return new RpcReference(texts, whole, whole);
    }

    private static byte @Nullable [] message(ByteBuffer in, boolean gzip, int limit) {
        if (in.remaining() < 5) {
            return null;
        }
        int flags = in.get();
        long length = in.getInt() & 0xFFFF_FFFFL;
        if ((flags != 0 && flags != 1) || length > limit || length > in.remaining()) {
            return null;
        }
        byte[] message = new byte[(int) length];
        in.get(message);
        return flags == 0 ? message : gzip ? unpacked(message, limit) : null;
    }

    private static byte @Nullable [] unpacked(byte[] packed, int limit) {
        if (packed.length == 0) {
            return packed;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 4096)) {
            byte[] all = in.readNBytes(limit + 1);
            return all.length > limit ? null : all;
        } catch (IOException e) {
            return null;
        }
    }

    /** An answer; an assertion fails where it is not well-formed. */
    static RpcReference ofAnswer(RpcMutant.Kind kind, RawAnswer answer) throws IOException {
        byte[] body = answer.body().toByteArray();
        byte[] bytes =
                kind == RpcMutant.Kind.TEXT
                        ? decoded(new String(body, StandardCharsets.ISO_8859_1))
                        : body;
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<String> texts = new ArrayList<>();
        while (kind != RpcMutant.Kind.GRPC || in.hasRemaining()) {
            int flags = in.get() & 0xff;
            byte[] message = new byte[in.getInt()];
            in.get(message);
            if (flags == 1) {
                try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(message))) {
                    message = gzip.readAllBytes();
                }
            }
            if (flags > 1) {
                String last = new String(message, StandardCharsets.UTF_8);
                boolean ends = flags == lastFlags(kind);
                if (!ends || in.hasRemaining()) {
                    throw new AssertionError("a frame with flags " + flags + ": " + last);
                }
                return new RpcReference(texts, isGood(kind, last), true);
            }
            texts.add(ChatResponse.parseFrom(message).getText());
        }
        String trailer = "grpc-status: " + answer.header("grpc-status") + "\r\n";
        return new RpcReference(texts, isGood(kind, trailer), true);
    }

    private static int lastFlags(RpcMutant.Kind kind) {
        return switch (kind) {
            case CONNECT -> 2;
            case WEB, TEXT -> 0x80;
            case GRPC -> -1; // trailers
        };
    }

    private static boolean isGood(RpcMutant.Kind kind, String last) {
        if (kind == RpcMutant.Kind.CONNECT) {
            if (!last.matches("(?s)\\{(\"error\":\\{\"code\":\"[a-z_]+\".*})?}")) {
                throw new AssertionError("no end of a stream: " + last);
            }
            return last.equals("{}");
        }
        if (!last.matches("(?s)grpc-status: \\d+\r\n.*")) {
            throw new AssertionError("no trailers: " + last);
        }
        return last.startsWith("grpc-status: 0\r\n");
    }
}
