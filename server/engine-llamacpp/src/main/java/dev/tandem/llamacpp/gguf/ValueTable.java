package dev.tandem.llamacpp.gguf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the key-value part. Long arrays (the vocabulary) are walked over and counted, not kept. */
final class ValueTable {
    static final String TOKENS = "tokenizer.ggml.tokens";

    private static final int MAX_KEY_BYTES = 1_024;
    private static final int MAX_TEXT_BYTES = 1 << 20;
    private static final int MAX_TOKEN_BYTES = 1 << 16;
    private static final int MAX_KEPT_NUMBERS = 4_096;
    private static final long MAX_ELEMENTS = 1L << 30;

    private final GgufInput in;

    ValueTable(GgufInput in) {
        this.in = in;
    }

    Map<String, GgufValue> read(int count) throws IOException {
        Map<String, GgufValue> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            int length = (int) in.count(1, MAX_KEY_BYTES, "bytes of a key");
            String key = new String(in.bytes(length), StandardCharsets.UTF_8);
            if (key.isEmpty() || values.put(key, value(key)) != null) {
                throw new Malformed("its key \"" + key + "\" is empty or there twice");
            }
        }
        return Collections.unmodifiableMap(values);
    }

    private GgufValue value(String key) throws IOException {
        ValueType type = ValueType.of(in.i32(), key);
        return switch (type) {
            case STRING -> text(key);
            case ARRAY -> array(key, ValueType.of(in.i32(), key));
            case BOOL -> new GgufValue.Flag(in.u8() != 0);
            case FLOAT32 -> new GgufValue.Real(Float.intBitsToFloat(in.i32()));
            case FLOAT64 -> new GgufValue.Real(Double.longBitsToDouble(in.i64()));
            case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
                    new GgufValue.Whole(whole(type));
        };
    }

    private GgufValue text(String key) throws IOException {
        long length = in.count(1, Integer.MAX_VALUE, "bytes of text in " + key);
        if (length > MAX_TEXT_BYTES) {
            in.skip(length);
            return new GgufValue.Skipped(ValueType.STRING, length, true);
        }
        return new GgufValue.Text(new String(in.bytes((int) length), StandardCharsets.UTF_8));
    }

    private long whole(ValueType type) throws IOException {
        return switch (type) {
            case UINT8 -> in.u8();
            case INT8 -> (byte) in.u8();
            case UINT16 -> in.u16();
            case INT16 -> (short) in.u16();
            case UINT32 -> Integer.toUnsignedLong(in.i32());
            case INT32 -> in.i32();
            case UINT64, INT64 -> in.i64();
            case FLOAT32, FLOAT64, BOOL, STRING, ARRAY ->
                    throw new IllegalArgumentException("no whole number: " + type);
        };
    }

    private GgufValue array(String key, ValueType type) throws IOException {
        if (type == ValueType.ARRAY) {
            throw new Malformed("its key " + key + " has an array of arrays");
        }
        long count = in.count(type.bytes(), MAX_ELEMENTS, "elements in " + key);
        if (type == ValueType.STRING) {
            return strings(key, count);
        }
        if (type.isWhole() && count <= MAX_KEPT_NUMBERS) {
            List<Long> kept = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                kept.add(whole(type));
            }
            return new GgufValue.Wholes(type, List.copyOf(kept));
        }
        in.skip(count * type.bytes());
        return new GgufValue.Skipped(type, count, true);
    }

    private GgufValue strings(String key, long count) throws IOException {
        Set<String> seen = new HashSet<>();
        boolean distinct = true;
        boolean compare = key.equals(TOKENS);
        for (long i = 0; i < count; i++) {
            long length = in.count(1, MAX_TOKEN_BYTES, "bytes of an element of " + key);
            if (compare && length > 0) {
                byte[] word = in.bytes((int) length);
                distinct &= seen.add(new String(word, StandardCharsets.ISO_8859_1));
            } else {
                in.skip(length);
            }
        }
        return new GgufValue.Skipped(ValueType.STRING, count, distinct);
    }
}
