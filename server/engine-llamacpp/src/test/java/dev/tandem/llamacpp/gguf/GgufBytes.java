package dev.tandem.llamacpp.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes GGUF files, right or wrong. */
final class GgufBytes {
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int UINT32 = 4;

    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    private int valueCount;
    private int tensorCount;
    private int dataBytes;

    /** A small model that is right in every respect. */
    static GgufBytes model() {
        return new GgufBytes()
                .text("general.architecture", "llama")
                .text("general.name", "Tiny")
                .number("llama.context_length", 2_048)
                .number("llama.block_count", 2)
                .number("llama.embedding_length", 64)
                .number("llama.attention.head_count", 4)
                .number("llama.attention.head_count_kv", 2)
                .text("tokenizer.ggml.model", "gpt2")
                .texts("tokenizer.ggml.tokens", "a", "b", "c")
                .text("tokenizer.chat_template", "{{ messages }}")
                .tensor("token_embd.weight", 0, 64 * 3 * 4, 64, 3)
                .tensor("output.weight", 2, 2 * 18, 32, 2);
    }

    GgufBytes text(String key, String value) {
        string(values, key);
        i32(values, STRING);
        string(values, value);
        valueCount++;
        return this;
    }

    GgufBytes number(String key, int value) {
        string(values, key);
        i32(values, UINT32);
        i32(values, value);
        valueCount++;
        return this;
    }

    GgufBytes numbers(String key, int... elements) {
        string(values, key);
        i32(values, ARRAY);
        i32(values, UINT32);
        i64(values, elements.length);
        for (int element : elements) {
            i32(values, element);
        }
        valueCount++;
        return this;
    }

    GgufBytes texts(String key, String... elements) {
        string(values, key);
        i32(values, ARRAY);
        i32(values, STRING);
        i64(values, elements.length);
        for (String element : elements) {
            string(values, element);
        }
        valueCount++;
        return this;
    }

    /** A weight at the place where it belongs. */
    GgufBytes tensor(String name, int type, int bytes, long... dimensions) {
        return tensorAt(dataBytes, name, type, bytes, dimensions);
    }

    GgufBytes tensorAt(long offset, String name, int type, int bytes, long... dimensions) {
        string(tensors, name);
        i32(tensors, dimensions.length);
        for (long dimension : dimensions) {
            i64(tensors, dimension);
        }
        i32(tensors, type);
        i64(tensors, offset);
        tensorCount++;
        dataBytes += (bytes + 31) / 32 * 32;
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        i32(all, 3);
        i64(all, tensorCount);
        i64(all, valueCount);
        all.writeBytes(values.toByteArray());
        all.writeBytes(tensors.toByteArray());
        all.writeBytes(new byte[(32 - all.size() % 32) % 32 + dataBytes]);
        return all.toByteArray();
    }

    private static void string(ByteArrayOutputStream to, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        i64(to, utf8.length);
        to.writeBytes(utf8);
    }

    private static void i32(ByteArrayOutputStream to, int value) {
        to.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    private static void i64(ByteArrayOutputStream to, long value) {
        to.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }
}
