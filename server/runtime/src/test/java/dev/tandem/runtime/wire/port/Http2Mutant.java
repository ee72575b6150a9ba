package dev.tandem.runtime.wire.port;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** What a client might send over HTTP/2, valid for the most part, and then perhaps spoilt. */
final class Http2Mutant extends Http2Format {
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String[] PATHS = {
        "/hi", "/count", "/late", "/send", "/owned/echo", "/owned/hello", "/owned/send", "/a%zz", ""
    };
    private static final int[] NUMBERS = {
        0, 1, 2, 100, 16_383, 16_384, 16_385, 65_535, 1 << 20, Integer.MAX_VALUE, -1
    };

    private final SplittableRandom random;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int nextId = 1;

    private Http2Mutant(long seed) {
        random = new SplittableRandom(seed);
    }

    static byte[] of(long seed) {
        return new Http2Mutant(seed).whole();
    }

    private byte[] whole() {
        bytes.writeBytes(PREFACE);
        bytes.writeBytes(bytes(SETTINGS, 0, 0, settings()));
        int steps = 1 + random.nextInt(40);
        for (int i = 0; i < steps; i++) {
            step();
        }
        byte[] all = bytes.toByteArray();
        return random.nextInt(3) == 0 ? all : spoilt(all);
    }

    private void step() {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> request();
            case 4, 5, 6 -> add(DATA, flags(END_STREAM, PADDED), someId(), someBytes(3000));
            case 7 -> add(WINDOW_UPDATE, 0, random.nextBoolean() ? 0 : someId(), int32(number()));
            case 8 -> add(RST_STREAM, 0, someId(), int32(random.nextInt(14)));
            case 9 -> add(SETTINGS, 0, 0, settings());
            case 10 -> add(PING, random.nextInt(2), 0, new byte[8]);
            case 11 -> add(PRIORITY, 0, someId(), new byte[] {0, 0, 0, (byte) someId(), 5});
            case 12 -> trailers();
            case 13 -> add(random.nextInt(256), random.nextInt(256), someId(), someBytes(30));
            case 14 -> continued();
            default -> add(GOAWAY, 0, 0, new byte[8]);
        }
    }

    private void add(int type, int flags, int id, byte[] payload) {
        bytes.writeBytes(bytes(type, flags, id, payload));
    }

    private void request() {
        int id = nextId;
        nextId += 2;
        add(HEADERS, END_HEADERS | flags(END_STREAM), id, block());
    }

    private byte[] block() {
        String method = random.nextBoolean() ? "POST" : "GET";
        String path = PATHS[random.nextInt(PATHS.length)];
        return switch (random.nextInt(6)) {
            case 0 -> block(method, path, "content-length", Integer.toString(number()));
            case 1 -> block(method, path, "x-large", "l".repeat(random.nextInt(12_000)));
            case 2 -> block(method, path, "X-Upper", "1", "te", "trailers");
            default -> block(method, path, "content-type", "application/json");
        };
    }

    private void continued() {
        int id = nextId;
        nextId += 2;
        byte[] block = block();
        int cut = random.nextInt(block.length);
        add(HEADERS, flags(END_STREAM), id, java.util.Arrays.copyOf(block, cut));
        add(CONTINUATION, END_HEADERS, id, java.util.Arrays.copyOfRange(block, cut, block.length));
    }

    private void trailers() {
        add(HEADERS, END_HEADERS | END_STREAM, someId(), new byte[] {0, 1, 'x', 1, '1'});
    }

    private int flags(int... each) {
        int flags = 0;
        for (int flag : each) {
            flags |= random.nextInt(3) == 0 ? flag : 0;
        }
        return flags;
    }

    private int someId() {
        return random.nextInt(20) == 0 ? random.nextInt(50) : Math.max(1, nextId - 2);
    }

    private int number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private byte[] someBytes(int most) {
        byte[] some = new byte[random.nextInt(most)];
        random.nextBytes(some);
        return some;
    }

    private byte[] settings() {
        ByteArrayOutputStream entries = new ByteArrayOutputStream();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.write(0);
            entries.write(1 + random.nextInt(7));
            entries.writeBytes(int32(number()));
        }
        return entries.toByteArray();
    }

    private byte[] spoilt(byte[] all) {
        byte[] spoilt = all.clone();
        int from = random.nextInt(8) == 0 ? 0 : PREFACE.length;
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            int at = from + random.nextInt(spoilt.length - from);
            switch (random.nextInt(4)) {
                case 0 -> spoilt[at] = (byte) random.nextInt();
                case 1 -> spoilt[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> spoilt = without(spoilt, at, 1 + random.nextInt(5));
                default -> spoilt = doubled(spoilt, at, 1 + random.nextInt(40));
            }
        }
        return spoilt;
    }

    private static byte[] without(byte[] all, int at, int count) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write(all, 0, at);
        int after = Math.min(all.length, at + count);
        rest.write(all, after, all.length - after);
        rest.write(0);
        return rest.toByteArray();
    }

    private static byte[] doubled(byte[] all, int at, int count) {
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        int after = Math.min(all.length, at + count);
        more.write(all, 0, after);
        more.write(all, at, all.length - at);
        return more.toByteArray();
    }
}
