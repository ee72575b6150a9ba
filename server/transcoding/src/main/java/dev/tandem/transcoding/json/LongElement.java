package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Internal;
import java.util.List;
import tools.jackson.core.JsonToken;

/**
 * Integers of 64 bits; unsigned ones are the same bits in a long. Strings in the canonical profile.
 */
final class LongElement extends Element {
    private final boolean unsigned;
    private final boolean quoted;

    LongElement(FieldDescriptor field, Profile profile) {
        unsigned =
                switch (field.getType()) {
                    case UINT64, FIXED64 -> true;
                    default -> false;
                };
        quoted = profile == Profile.CANONICAL;
    }

    long readLong(JsonInput in) {
        return unsigned ? Numbers.uint64(in) : Numbers.int64(in);
    }

    void writeLong(long value, JsonBuffer out) {
        if (quoted) {
            out.plain(unsigned ? Long.toUnsignedString(value) : Long.toString(value));
        } else if (unsigned) {
            out.unsigned(value);
        } else {
            out.number(value);
        }
    }

    @Override
    Object read(JsonInput in) {
        return readLong(in);
    }

    @Override
    void write(Object value, JsonBuffer out) {
        writeLong((Long) value, out);
    }

    @Override
    boolean takes(JsonToken first) {
        return first.isNumeric();
    }

    @Override
    Append append(Accessors accessors, FieldDescriptor field) {
        Accessors.LongSet add = accessors.bind(Accessors.LongSet.class, field, Accessors.Verb.ADD);
        return (in, builder) -> add.set(builder, readLong(in));
    }

    @Override
    void writeAll(List<?> list, JsonBuffer out) {
        if (list instanceof Internal.LongList longs) {
            for (int i = 0; i < longs.size(); i++) {
                writeLong(longs.getLong(i), out);
            }
        } else {
            super.writeAll(list, out);
        }
    }

    @Override
    Shape shape() {
        return new Shape.Whole(64, unsigned, quoted, quoted);
    }
}
