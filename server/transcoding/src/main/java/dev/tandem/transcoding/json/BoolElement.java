package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Internal;
import java.util.List;
import tools.jackson.core.JsonToken;

/** True and false. */
final class BoolElement extends Element {
    boolean readBool(JsonInput in) {
        return flag(in);
    }

    void writeBool(boolean value, JsonBuffer out) {
        out.bool(value);
    }

    @Override
    Object read(JsonInput in) {
        return readBool(in);
    }

    @Override
    void write(Object value, JsonBuffer out) {
        writeBool((Boolean) value, out);
    }

    @Override
    boolean takes(JsonToken first) {
        return first.isBoolean();
    }

    @Override
    Append append(Accessors accessors, FieldDescriptor field) {
        Accessors.BoolSet add = accessors.bind(Accessors.BoolSet.class, field, Accessors.Verb.ADD);
        return (in, builder) -> add.set(builder, readBool(in));
    }

    @Override
    void writeAll(List<?> list, JsonBuffer out) {
        if (list instanceof Internal.BooleanList values) {
            for (int i = 0; i < values.size(); i++) {
                writeBool(values.getBoolean(i), out);
            }
        } else {
            super.writeAll(list, out);
        }
    }

    private static boolean flag(JsonInput in) {
        if (!in.token().isBoolean()) {
            in.wrongKind("true or false");
            return false;
        }
        return in.token() == JsonToken.VALUE_TRUE;
    }

    @Override
    Shape shape() {
        return new Shape.Flag();
    }
}
