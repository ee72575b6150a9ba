package dev.tandem.runtime;

import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.test.v1.ChatRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;

/**
 * Requests of length-prefixed messages that were good before a few bytes were changed. The same for
 * the same seed.
 *
 * @param gzip does the request name gzip as its encoding?
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record RpcMutant(Kind kind, byte[] body, boolean gzip, boolean takesGzip) {

    /** Whose messages they are. */
    enum Kind {
        WEB("application/grpc-web+proto", "grpc"),
        TEXT("application/grpc-web-text+proto", "grpc"),
        CONNECT("application/connect+proto", "connect-content"),
        /** Over HTTP/2 only. */
        GRPC("application/grpc+proto", "grpc");

        final String contentType;
        final String encoding;
        final String accept;

        Kind(String contentType, String prefix) {
            this.contentType = contentType;
            encoding = prefix + "-encoding";
            accept = prefix.replace("-content", "") + "-accept-encoding";
        }
    }

    static RpcMutant of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        byte[] body = {};
        for (int i = random.nextInt(5); i > 0; i--) {
            body = Raw.join(body, frame(random));
        }
        body = mutated(body, random);
        if (kind == Kind.TEXT) {
            int cut = random.nextInt(body.length + 1);
            byte[] text =
                    Raw.join(
                            Base64.getEncoder().encode(Arrays.copyOf(body, cut)),
                            Base64.getEncoder().encode(Arrays.copyOfRange(body, cut, body.length)));
            body = random.nextInt(3) == 0 ? mutated(text, random) : text;
        }
        return new RpcMutant(kind, body, random.nextInt(4) > 0, random.nextBoolean());
    }

    private static byte[] frame(SplittableRandom random) {
        String text = "t".repeat(random.nextInt(10) * random.nextInt(10) * random.nextInt(100));
        byte[] message =
                ChatRequest.newBuilder().setText(text + random.nextInt(100)).build().toByteArray();
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> Raw.frame(1, Raw.gzip(message));
            case 3 -> Raw.frame(1, message);
            case 4 -> Raw.frame(1, Raw.gzip(new byte[200_000]));
            case 5 -> Raw.frame(random.nextInt(256), message);
            case 6 -> Raw.prefix(0, random.nextInt(), message);
            case 7 -> Raw.frame(random.nextInt(2), new byte[0]);
            case 8 -> Raw.frame(1, mutated(Raw.gzip(message), random));
            default -> Raw.frame(0, message);
        };
    }

    static byte[] mutated(byte[] bytes, SplittableRandom random) {
        byte[] all = bytes.clone();
        for (int i = random.nextInt(3); i > 0 && all.length > 0; i--) {
            int at = random.nextInt(all.length);
            int end = Math.min(all.length, at + 1 + random.nextInt(8));
            byte[] rest = Arrays.copyOfRange(all, end, all.length);
            switch (random.nextInt(5)) {
                case 0 -> all[at] = (byte) random.nextInt();
                case 1 -> all[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> all = Arrays.copyOf(all, at);
                case 3 -> all = Raw.join(Arrays.copyOf(all, at), rest);
                default -> all = Raw.join(Arrays.copyOf(all, end), piece(random), rest);
            }
        }
        return all;
    }

    private static byte[] piece(SplittableRandom random) {
        byte[][] pieces = {
            new byte[5],
            {1, 0, 0, 0, 0},
            {2, 0, 0, 0, 2, '{', '}'},
            {(byte) 0x80, 0, 0, 0, 0},
            {0, -1, -1, -1, -1},
            {0, 0x7f, -1, -1, -1},
            "====".getBytes(StandardCharsets.US_ASCII),
            "\r\n".getBytes(StandardCharsets.US_ASCII)
        };
        return pieces[random.nextInt(pieces.length)];
    }
}
