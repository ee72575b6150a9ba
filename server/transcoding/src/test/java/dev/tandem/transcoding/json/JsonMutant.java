package dev.tandem.transcoding.json;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** JSON of a message that was good before a few bytes were changed. The same for the same seed. */
final class JsonMutant {
    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer().usingTypeRegistry(RandomMessages.TYPES);

    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\"",
                    "\\",
                    "\\u",
                    "\\ud800",
                    "\\udc00",
                    "\\u0000",
                    "0",
                    "-",
                    "-0",
                    "+1",
                    ".",
                    "e",
                    "1e5",
                    "1E400",
                    "1e-400",
                    "1.0",
                    "0x1",
                    "NaN",
                    "\"NaN\"",
                    "Infinity",
                    "\"-Infinity\"",
                    "null",
                    "true",
                    "false",
                    "\"\"",
                    "{}",
                    "[]",
                    "[[[[[[[[",
                    "9223372036854775808",
                    "-2147483649",
                    "4294967296",
                    "18446744073709551616",
                    "\"1\"",
                    "\" 1\"",
                    "\"1e3\"",
                    " ",
                    "\t",
                    "\n",
                    "\r",
                    "\u0000",
                    "\u00a0",
                    "\ufeff",
                    "/**/",
                    "//",
                    "'",
                    "\u00ff",
                    "\ud83d\udc4d",
                    "\"@type\":",
                    "\"type.googleapis.com/google.protobuf.Value\"",
                    "\"int32Value\":",
                    "\"child\":{",
                    "\"labels\":{\"a\":\"b\",",
                    "\"1s\"",
                    "\"-0.000000001s\"",
                    "\"1972-01-01T10:00:20.021+01:00\"",
                    "\"AQ==\"",
                    "\"_-\"",
                    "\"COLOUR_RED\"");

    private JsonMutant() {}

    static byte[] of(Message message, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] json = printed(message).getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i > 0; i--) {
            json = mutated(json, random);
        }
        return json;
    }

    private static String printed(Message message) {
        try {
            return PRINTER.omittingInsignificantWhitespace().print(message);
        } catch (InvalidProtocolBufferException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] mutated(byte[] json, SplittableRandom random) {
        int at = random.nextInt(json.length + 1);
        int end = Math.min(json.length, at + random.nextInt(1, 12));
        return switch (random.nextInt(6)) {
            case 0 -> spliced(json, at, at, piece(random));
            case 1 -> spliced(json, at, end, piece(random));
            case 2 -> spliced(json, at, end, new byte[0]);
            case 3 -> spliced(json, at, at, java.util.Arrays.copyOfRange(json, at, end));
            case 4 -> value(json, random);
            default -> spliced(json, at, Math.min(json.length, at + 1), octet(random));
        };
    }

    /** Puts another value where one is. */
    private static byte[] value(byte[] json, SplittableRandom random) {
        int at = random.nextInt(json.length + 1);
        while (at < json.length && json[at] != ':' && json[at] != '[') {
            at++;
        }
        int from = Math.min(json.length, at + 1);
        int to = from;
        while (to < json.length && json[to] != ',' && json[to] != '}' && json[to] != ']') {
            to++;
        }
        return spliced(json, from, to, piece(random));
    }

    private static byte[] piece(SplittableRandom random) {
        return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] octet(SplittableRandom random) {
        return new byte[] {(byte) random.nextInt(256)};
    }

    private static byte[] spliced(byte[] json, int from, int to, byte[] piece) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(json, 0, from);
        all.writeBytes(piece);
        all.write(json, to, json.length - to);
        return all.toByteArray();
    }
}
