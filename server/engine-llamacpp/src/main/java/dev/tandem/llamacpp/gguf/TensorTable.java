package dev.tandem.llamacpp.gguf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the descriptions of the weights and checks that they lie one after the other inside the
 * file.
 */
final class TensorTable {
    private static final int MAX_NAME = 63;
    private static final int MAX_DIMENSIONS = 4;

    private final GgufInput in;
    private final List<Tensor> tensors = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    TensorTable(GgufInput in) {
        this.in = in;
    }

    List<Tensor> read(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            tensors.add(tensor());
        }
        return List.copyOf(tensors);
    }

    private Tensor tensor() throws IOException {
        String name = name();
        int dimensions = in.i32();
        if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
            throw new Malformed("weight " + name + " has " + dimensions + " dimensions");
        }
        long row = 1;
        long elements = 1;
        for (int i = 0; i < dimensions; i++) {
            long length = in.i64();
            row = i == 0 ? length : row;
            elements = product(name, elements, length);
        }
        TensorType type = type(name, in.i32());
        long offset = in.i64();
        if (row % type.blockElements() != 0) {
            throw new Malformed(
                    "weight " + name + " has rows of " + row + ", no whole blocks of " + type);
        }
        long bytes = product(name, elements / type.blockElements(), type.blockBytes());
        return new Tensor(name, type, elements, bytes, offset);
    }

    private String name() throws IOException {
        int length = (int) in.count(1, MAX_NAME, "bytes of a weight's name");
        String name = new String(in.bytes(length), StandardCharsets.UTF_8);
        if (!names.add(name)) {
            throw new Malformed("weight " + name + " is there twice");
        }
        return name;
    }

    private static long product(String name, long a, long b) {
        if (b <= 0 || a > Long.MAX_VALUE / b) {
            throw new Malformed("weight " + name + " has an impossible size");
        }
        return a * b;
    }

    private static TensorType type(String name, int number) {
        TensorType type = TensorType.of(number);
        if (type == null) {
            throw new Malformed(
                    "weight "
                            + name
                            + " is stored as type "
                            + number
                            + ", which the engine does not compute with; convert the model to another"
                            + " quantization, as Q4_K_M");
        }
        return type;
    }

    /**
     * Checks the places in the data part, which begins at {@code data} and has each weight padded
     * to {@code alignment}.
     */
    static void checkPlaces(List<Tensor> tensors, long data, long alignment, long fileSize) {
        long expected = 0;
        for (Tensor tensor : tensors) {
            if (tensor.offset() != expected) {
                throw new Malformed(
                        "weight "
                                + tensor.name()
                                + " is at "
                                + tensor.offset()
                                + ", not at "
                                + expected);
            }
            if (tensor.bytes() > fileSize - data - expected) {
                throw new Malformed(
                        "it ends after "
                                + fileSize
                                + " bytes, within weight "
                                + tensor.name()
                                + "; the download is incomplete");
            }
            expected += pad(tensor.bytes(), alignment);
        }
    }

    static long pad(long length, long alignment) {
        return (length + alignment - 1) / alignment * alignment;
    }
}
