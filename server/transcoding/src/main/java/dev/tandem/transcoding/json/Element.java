package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import tools.jackson.core.JsonToken;

/**
 * One kind of value: how it is read and written wherever it stands, as a field, in a list or in a
 * map.
 */
abstract sealed class Element
        permits IntElement,
                LongElement,
                FloatElement,
                DoubleElement,
                BoolElement,
                StringElement,
                BytesElement,
                EnumElement,
                JsonTextElement,
                MessageElement {

    /** Adds the current value to a repeated field. */
    interface Append {
        void read(JsonInput in, Object builder);
    }

    /**
     * Reads the current value, to its last token. What does not fit is reported, and a stand-in
     * returned.
     */
    abstract Object read(JsonInput in);

    abstract void write(Object value, JsonBuffer out);

    /** What such a value looks like. */
    abstract Shape shape();

    /** Whether a value that begins with this token may be one of these; an array may. */
    abstract boolean takes(JsonToken first);

    /** Whether an array with this first element, as a whole, may be one of these. */
    boolean takesArrayOf(JsonToken first) {
        return false;
    }

    /** Whether null is a value and does not mean that there is none. */
    boolean takesNull() {
        return false;
    }

    Append append(Accessors accessors, FieldDescriptor field) {
        Accessors.RefSet add = accessors.bind(Accessors.RefSet.class, field, Accessors.Verb.ADD);
        return (in, builder) -> add.set(builder, read(in));
    }

    /** Writes a value that stands in no list. */
    void writeAlone(Object value, JsonBuffer out) {
        write(value, out);
    }

    /** Writes the elements of a list, without brackets. */
    void writeAll(List<?> list, JsonBuffer out) {
        for (int i = 0; i < list.size(); i++) {
            write(list.get(i), out);
        }
    }

    /** Writes the only element of a list in place of the list, if it can be told from a list. */
    boolean writeBare(Object value, JsonBuffer out) {
        write(value, out);
        return true;
    }
}
