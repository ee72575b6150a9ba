package dev.tandem.runtime.wire.web;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.RpcReasons;
import java.util.Arrays;

/**
 * Decodes base64 that comes in pieces and in any number of runs, padded where they end. Used by one
 * thread at a time.
 */
final class TextDecoder {
    private static final byte[] VALUES = values();
    private static final byte PADDING = -2;
    private static final byte NONE = -1;
    private static final int GROUP = 4;

    private int group; // bits of the characters so far
    private int characters; // of the group, padding included
    private int padding;

    /**
     * The bytes that are whole now.
     *
     * @throws ApiException where it is no base64
     */
    byte[] decode(byte[] text) {
        byte[] bytes = new byte[(text.length + GROUP - 1) / GROUP * 3];
        int length = 0;
        for (byte character : text) {
            add(VALUES[character & 0xFF]);
            if (characters == GROUP) {
                for (int i = 0; i < 3 - padding; i++) {
                    bytes[length++] = (byte) (group >> (16 - 8 * i));
                }
                group = 0;
                characters = 0;
                padding = 0;
            }
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /**
     * The end of the body.
     *
     * @return nothing
     * @throws ApiException where it comes within a group
     */
    byte[] end() {
        if (characters > 0) {
            throw malformed();
        }
        return new byte[0];
    }

    private void add(byte value) {
        boolean misplaced = value == PADDING ? characters < 2 : padding > 0;
        if (value == NONE || misplaced) {
            throw malformed();
        }
        if (value == PADDING) {
            padding++;
        }
        group = group << 6 | Math.max(value, 0);
        characters++;
    }

    private static ApiException malformed() {
        return ApiError.of(
                        RpcReasons.MALFORMED_FRAME,
                        "The body is not base64, as application/grpc-web-text has it.")
                .toException();
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, NONE);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['='] = PADDING;
        return values;
    }
}
