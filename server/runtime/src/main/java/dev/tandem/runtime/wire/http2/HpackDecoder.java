package dev.tandem.runtime.wire.http2;

import dev.tandem.runtime.wire.http2.HeaderTable.Field;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2HuffmanDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes header blocks (RFC 7541), keeping the client's table. Helidon 4.5.0's own decoder never
 * returns where a field is larger than the table, and knows no pseudo-header whose name is not
 * indexed, as gRPC's C core sends them. Throws {@link ConnectionError}: the table is lost then.
 */
final class HpackDecoder {
    /**
     * Decoded bytes of one block at most: an index of one byte can stand for a field of four
     * thousand.
     */
    private static final int MAX_DECODED = 64 * 1024;

    private final HeaderTable table = new HeaderTable();
    private final Http2HuffmanDecoder huffman = Http2HuffmanDecoder.create();
    private byte[] block = {};
    private int at;
    private int decoded;

    List<Field> decode(byte[] bytes) {
        block = bytes;
        at = 0;
        decoded = 0;
        List<Field> fields = new ArrayList<>();
        while (at < block.length) {
            int first = block[at] & 0xff;
            if (first >= 0x80) {
                keep(fields, table.get(integer(7)));
            } else if (first >= 0x40) {
                Field field = literal(6);
                table.add(field);
                keep(fields, field);
            } else if (first >= 0x20) {
                if (!fields.isEmpty()) {
                    throw broken("the table's size changes inside a block");
                }
                table.limit(integer(5));
            } else {
                keep(fields, literal(4));
            }
        }
        return fields;
    }

    private void keep(List<Field> fields, Field field) {
        decoded += field.size();
        if (decoded > MAX_DECODED) {
            throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "the headers are too large");
        }
        fields.add(field);
    }

    private Field literal(int prefix) {
        int index = integer(prefix);
        String name = index == 0 ? string() : table.get(index).name();
        String value = string();
        return Field.of(name, value);
    }

    /** A character for each octet, as the table counts them (RFC 7541, section 4.1). */
    private String string() {
        boolean coded = at < block.length && (block[at] & 0x80) != 0;
        int length = integer(7);
        if (length > block.length - at) {
            throw broken("a text is longer than its block");
        }
        int from = at;
        at += length;
        return coded
                ? huffman.decodeString(BufferData.create(block, from, length), length)
                : new String(block, from, length, StandardCharsets.ISO_8859_1);
    }

    /** An integer of at most 28 bits: nothing in a block is larger (RFC 7541, section 5.1). */
    private int integer(int prefix) {
        int mask = (1 << prefix) - 1;
        int value = next() & mask;
        if (value < mask) {
            return value;
        }
        for (int shift = 0; shift <= 21; shift += 7) {
            int b = next();
            value += (b & 127) << shift;
            if (b < 128) {
                return value;
            }
        }
        throw broken("a number is too large");
    }

    private int next() {
        if (at >= block.length) {
            throw broken("the block ends inside a field");
        }
        return block[at++] & 0xff;
    }

    private static ConnectionError broken(String why) {
        return new ConnectionError(ErrorCode.COMPRESSION_ERROR, why);
    }
}
