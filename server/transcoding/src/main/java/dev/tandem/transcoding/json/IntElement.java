package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Internal;
import java.util.List;
import tools.jackson.core.JsonToken;

/** Integers of 32 bits; unsigned ones are the same bits in an int. */
final class IntElement extends Element {
    private static final long UNSIGNED = 0xffff_ffffL;

    private final boolean unsigned;

    private final boolean quotable;

    IntElement(FieldDescriptor field, Profile profile) {
        quotable = profile != Profile.CONTRACT;
        unsigned =
                switch (field.getType()) {
                    case UINT32, FIXED32 -> true;
                    default -> false;
                };
    }

    int readInt(JsonInput in) {
        return unsigned
                ? (int) Numbers.integer(in, 0, UNSIGNED)
                : (int) Numbers.integer(in, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    void writeInt(int value, JsonBuffer out) {
        out.number(unsigned ? value & UNSIGNED : value);
    }

    @Override
    Object read(JsonInput in) {
        return readInt(in);
    }

    @Override
    void write(Object value, JsonBuffer out) {
        writeInt((Integer) value, out);
    }

    @Override
    boolean takes(JsonToken first) {
        return first.isNumeric();
    }

    @Override
    Append append(Accessors accessors, FieldDescriptor field) {
        Accessors.IntSet add = accessors.bind(Accessors.IntSet.class, field, Accessors.Verb.ADD);
        return (in, builder) -> add.set(builder, readInt(in));
    }

    @Override
    void writeAll(List<?> list, JsonBuffer out) {
        if (list instanceof Internal.IntList ints) {
            for (int i = 0; i < ints.size(); i++) {
                writeInt(ints.getInt(i), out);
            }
        } else {
            super.writeAll(list, out);
        }
    }

    @Override
    Shape shape() {
        return new Shape.Whole(32, unsigned, false, quotable);
    }
}
