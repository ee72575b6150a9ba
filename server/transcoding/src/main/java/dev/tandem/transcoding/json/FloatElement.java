package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Internal;
import java.util.List;
import tools.jackson.core.JsonToken;

/** Numbers of 32 bits; what is no finite number is a string. */
final class FloatElement extends Element {
    private final boolean quotable;

    FloatElement(Profile profile) {
        quotable = profile != Profile.CONTRACT;
    }

    float readFloat(JsonInput in) {
        return Numbers.real32(in);
    }

    void writeFloat(float value, JsonBuffer out) {
        out.number(value);
    }

    @Override
    Object read(JsonInput in) {
        return readFloat(in);
    }

    @Override
    void write(Object value, JsonBuffer out) {
        writeFloat((Float) value, out);
    }

    @Override
    boolean takes(JsonToken first) {
        return first.isNumeric();
    }

    @Override
    Append append(Accessors accessors, FieldDescriptor field) {
        Accessors.FloatSet add =
                accessors.bind(Accessors.FloatSet.class, field, Accessors.Verb.ADD);
        return (in, builder) -> add.set(builder, readFloat(in));
    }

    @Override
    void writeAll(List<?> list, JsonBuffer out) {
        if (list instanceof Internal.FloatList values) {
            for (int i = 0; i < values.size(); i++) {
                writeFloat(values.getFloat(i), out);
            }
        } else {
            super.writeAll(list, out);
        }
    }

    @Override
    Shape shape() {
        return new Shape.Real(32, quotable);
    }
}
