package dev.tandem.llamacpp.gguf;

import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes {@link ModelFacts} out of a header; sizes that make llama.cpp divide by zero or abort are
 * refused.
 */
final class FactsReader {
    private static final int MAX_LAYERS = 4_096;
    private static final int MAX_WIDTH = 1 << 20;
    private static final int MAX_CONTEXT = 1 << 30;
    private static final int MAX_VOCABULARY = 1 << 22;

    private final GgufFile header;
    private final String architecture;

    FactsReader(GgufFile header) {
        this.header = header;
        String found = header.text("general.architecture");
        if (found == null || found.isBlank()) {
            throw new Malformed("it does not say its general.architecture");
        }
        this.architecture = found;
    }

    ModelFacts read() {
        if (architecture.equals("clip") || header.text("tokenizer.ggml.model") == null) {
            throw new Malformed(
                    "it holds no language model with a tokenizer (" + architecture + ")");
        }
        int layers = size("block_count", MAX_LAYERS);
        int embedding = size("embedding_length", MAX_WIDTH);
        return new ModelFacts(
                architecture,
                header.text("general.name"),
                size("context_length", MAX_CONTEXT),
                layers,
                embedding,
                kvElements(layers, embedding),
                vocabulary(),
                header.weightBytes(),
                header.text("tokenizer.chat_template"));
    }

    /** Keys and values of every layer: heads × (key length + value length). */
    private long kvElements(int layers, int embedding) {
        long heads = largest("attention.head_count", 1);
        if (heads < 1 || heads > MAX_WIDTH) {
            throw new Malformed("its attention.head_count is " + heads);
        }
        if (optional("attention.key_length").isEmpty() && embedding % heads != 0) {
            throw new Malformed("its " + heads + " heads do not divide the width " + embedding);
        }
        long width = Math.max(1, embedding / heads);
        long perHead =
                optional("attention.key_length").orElse(width)
                        + optional("attention.value_length").orElse(width);
        if (perHead < 1 || perHead > MAX_WIDTH) {
            throw new Malformed("its heads have the impossible width " + perHead);
        }
        long kvHeads = 0;
        if (header.values().get(key("attention.head_count_kv"))
                instanceof GgufValue.Wholes perLayer) {
            kvHeads = heads(perLayer.values().stream().mapToLong(Long::longValue), heads);
        } else {
            long everyLayer = optional("attention.head_count_kv").orElse(heads);
            kvHeads = heads(LongStream.of(everyLayer), heads) * layers;
        }
        return kvHeads * perHead;
    }

    private static long heads(LongStream kvHeads, long heads) {
        return kvHeads.peek(
                        h -> {
                            if (h < 0 || h > heads) {
                                throw new Malformed(
                                        "it has " + h + " KV heads for " + heads + " heads");
                            }
                        })
                .sum();
    }

    private int vocabulary() {
        GgufValue tokens = header.values().get(ValueTable.TOKENS);
        if (!(tokens instanceof GgufValue.Skipped list)
                || list.type() != ValueType.STRING
                || list.count() < 1
                || list.count() > MAX_VOCABULARY) {
            throw new Malformed("it has no vocabulary (tokenizer.ggml.tokens)");
        }
        if (!list.distinct()) {
            throw new Malformed("its vocabulary has a token twice");
        }
        requireLength("tokenizer.ggml.scores", list.count());
        requireLength("tokenizer.ggml.token_type", list.count());
        return (int) list.count();
    }

    private void requireLength(String key, long expected) {
        long count =
                switch (header.values().get(key)) {
                    case GgufValue.Skipped list -> list.count();
                    case GgufValue.Wholes list -> list.values().size();
                    case null, default -> expected;
                };
        if (count != expected) {
            throw new Malformed("its " + key + " are " + count + " for " + expected + " tokens");
        }
    }

    private int size(String name, int most) {
        long value = largest(name, -1);
        if (value < 1 || value > most) {
            throw new Malformed(
                    "its " + key(name) + (value == -1 ? " is missing" : " is " + value));
        }
        return (int) value;
    }

    /** A size that is one number, or one for each layer. */
    private long largest(String name, long otherwise) {
        @Nullable GgufValue value = header.values().get(key(name));
        return switch (value) {
            case GgufValue.Whole(long number) -> number;
            case GgufValue.Wholes list ->
                    list.values().stream().mapToLong(Long::longValue).max().orElse(otherwise);
            case null, default -> otherwise;
        };
    }

    private OptionalLong optional(String name) {
        return header.whole(key(name));
    }

    private String key(String name) {
        return architecture + "." + name;
    }
}
