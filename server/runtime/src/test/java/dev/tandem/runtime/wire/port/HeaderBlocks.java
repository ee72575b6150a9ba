package dev.tandem.runtime.wire.port;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads header blocks as a client without a table does (RFC 7541). */
final class HeaderBlocks {
    private static final int STATIC = 61;
    private static final int STATUS_200 = 8;

    private HeaderBlocks() {}

    /**
     * The fields: names and values with a space between them, where they are told. Fails at what
     * needs a table.
     */
    static List<String> read(byte[] block) {
        ByteBuffer in = ByteBuffer.wrap(block);
        List<String> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            int first = in.get(in.position()) & 0xff;
            if (first >= 0x80) {
                int index = index(in, 7);
                fields.add(index == STATUS_200 ? ":status 200" : "index " + index);
            } else if (first >= 0x40) {
                fields.add(literal(in, 6));
            } else if (first >= 0x20) {
                if (!fields.isEmpty() || integer(in, 5) != 0) {
                    throw new AssertionError("a table's size at " + in);
                }
            } else {
                fields.add(literal(in, 4));
            }
        }
        return fields;
    }

    private static String literal(ByteBuffer in, int prefix) {
        int index = index(in, prefix);
        return (index == 0 ? text(in) : "index " + index) + " " + text(in);
    }

    private static int index(ByteBuffer in, int prefix) {
        int index = integer(in, prefix);
        if (index > STATIC) {
            throw new AssertionError("the table's " + index + " at " + in);
        }
        return index;
    }

    /** Text in Huffman code stands for itself, octet by octet. */
    private static String text(ByteBuffer in) {
        byte[] text = new byte[integer(in, 7)];
        in.get(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static int integer(ByteBuffer in, int prefix) {
        int mask = (1 << prefix) - 1;
        int value = in.get() & mask;
        if (value < mask) {
            return value;
        }
        for (int shift = 0; ; shift += 7) {
            int octet = in.get();
            value += (octet & 127) << shift;
            if (octet >= 0) {
                return value;
            }
        }
    }
}
