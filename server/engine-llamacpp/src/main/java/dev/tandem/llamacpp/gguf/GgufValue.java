package dev.tandem.llamacpp.gguf;

import java.util.List;

/** A value of the key-value part of a header. */
public sealed interface GgufValue {

    /** Any whole number. An unsigned one beyond {@code Long.MAX_VALUE} is negative. */
    record Whole(long value) implements GgufValue {}

    /** A floating-point number. */
    record Real(double value) implements GgufValue {}

    /** A truth value. */
    record Flag(boolean value) implements GgufValue {}

    /** A string; bytes that are not UTF-8 are replaced. */
    record Text(String value) implements GgufValue {}

    /** A short array of whole numbers, as for a size that differs by layer. */
    record Wholes(ValueType type, List<Long> values) implements GgufValue {}

    /**
     * An array or a string too long to keep.
     *
     * @param type of the elements
     * @param distinct whether no two are equal; looked at for the tokens of the vocabulary only
     */
    record Skipped(ValueType type, long count, boolean distinct) implements GgufValue {}
}
