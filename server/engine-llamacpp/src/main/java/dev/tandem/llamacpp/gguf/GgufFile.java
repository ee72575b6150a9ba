package dev.tandem.llamacpp.gguf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The header of a GGUF file (versions 2 and 3): its values and the descriptions of its weights.
 * Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 *
 * @param fileBytes the length of the file
 */
public record GgufFile(
        int version, Map<String, GgufValue> values, List<Tensor> tensors, long fileBytes) {
    private static final int MAGIC = 0x46554747; // "GGUF", little-endian
    private static final int MAX_VALUES = 65_536;
    private static final int MAX_TENSORS = 65_536;
    private static final int SMALLEST_VALUE_BYTES = 13;
    private static final int SMALLEST_TENSOR_BYTES = 33;
    private static final int DEFAULT_ALIGNMENT = 32;
    private static final int MAX_ALIGNMENT = 1 << 20;

    /**
     * Reads and checks a header. The weights themselves are not read.
     *
     * @throws BadModelFile where the file is missing, damaged or cut short, or has weights of a
     *     type that is not computed with
     */
    public static GgufFile read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(new GgufInput(channel));
        } catch (Malformed e) {
            throw new BadModelFile(file, e.reason(), e);
        } catch (IOException e) {
            throw new BadModelFile(file, "it cannot be read (" + e + ")", e);
        }
    }

    private static GgufFile read(GgufInput in) throws IOException {
        if (in.size() < Integer.BYTES || in.i32() != MAGIC) {
            throw new Malformed("it does not begin with GGUF");
        }
        int version = in.i32();
        if (version != 2 && version != 3) {
            throw new Malformed(
                    "it is of GGUF version "
                            + Integer.toUnsignedString(version)
                            + "; versions 2 and 3, little-endian, are read");
        }
        int tensorCount = (int) in.count(SMALLEST_TENSOR_BYTES, MAX_TENSORS, "weights");
        int valueCount = (int) in.count(SMALLEST_VALUE_BYTES, MAX_VALUES, "values");
        if (tensorCount == 0) {
            throw new Malformed("it has no weights");
        }
        Map<String, GgufValue> values = new ValueTable(in).read(valueCount);
        long alignment = alignment(values.get("general.alignment"));
        List<Tensor> tensors = new TensorTable(in).read(tensorCount);
        long data = TensorTable.pad(in.position(), alignment);
        TensorTable.checkPlaces(tensors, data, alignment, in.size());
        return new GgufFile(version, values, tensors, in.size());
    }

    private static long alignment(@Nullable GgufValue value) {
        if (value == null) {
            return DEFAULT_ALIGNMENT;
        }
        if (value instanceof GgufValue.Whole(long bytes)
                && bytes > 0
                && bytes <= MAX_ALIGNMENT
                && Long.bitCount(bytes) == 1) {
            return bytes;
        }
        throw new Malformed("its general.alignment is no power of two: " + value);
    }

    /** The length of all weights, in bytes. */
    public long weightBytes() {
        return tensors.stream().mapToLong(Tensor::bytes).sum();
    }

    /** A string, null where there is none by that key. */
    public @Nullable String text(String key) {
        return values.get(key) instanceof GgufValue.Text(String value) ? value : null;
    }

    /** A whole number, empty where there is none by that key. */
    public OptionalLong whole(String key) {
        return values.get(key) instanceof GgufValue.Whole(long value)
                ? OptionalLong.of(value)
                : OptionalLong.empty();
    }
}
