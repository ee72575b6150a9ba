package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Internal;
import java.util.List;
import tools.jackson.core.JsonToken;

/** Numbers of 64 bits; what is no finite number is a string. */
final class DoubleElement extends Element {
    private final boolean quotable;

    DoubleElement(Profile profile) {
        quotable = profile != Profile.CONTRACT;
    }

    double readDouble(JsonInput in) {
        return Numbers.real(in);
    }

    void writeDouble(double value, JsonBuffer out) {
        out.number(value);
    }

    @Override
    Object read(JsonInput in) {
        return readDouble(in);
    }

    @Override
    void write(Object value, JsonBuffer out) {
        writeDouble((Double) value, out);
    }

    @Override
    boolean takes(JsonToken first) {
        return first.isNumeric();
    }

    @Override
    Append append(Accessors accessors, FieldDescriptor field) {
        Accessors.DoubleSet add =
                accessors.bind(Accessors.DoubleSet.class, field, Accessors.Verb.ADD);
        return (in, builder) -> add.set(builder, readDouble(in));
    }

    @Override
    void writeAll(List<?> list, JsonBuffer out) {
        if (list instanceof Internal.DoubleList values) {
            for (int i = 0; i < values.size(); i++) {
                writeDouble(values.getDouble(i), out);
            }
        } else {
            super.writeAll(list, out);
        }
    }

    @Override
    Shape shape() {
        return new Shape.Real(64, quotable);
    }
}
