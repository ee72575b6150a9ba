package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.tandem.transcoding.json.FieldSpec.Absence;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** A field of a message: its key, when it is written, and by its kind, how. */
abstract sealed class Field extends Key
        permits IntField,
                LongField,
                FloatField,
                DoubleField,
                BoolField,
                EnumField,
                TextField,
                MessageField,
                RepeatedField,
                MapField {
    private final FieldSpec spec;
    private final byte[] tag;
    private final byte[] key;
    private final Accessors.@Nullable Has has;
    private final boolean always;
    private final boolean nullWhenAbsent;

    Field(FieldSpec spec) {
        super(spec.name(), spec.bit());
        this.spec = spec;
        tag = spec.tag().getBytes(StandardCharsets.UTF_8);
        key = JsonBuffer.key(spec.name());
        has =
                spec.descriptor().hasPresence()
                        ? spec.bind(Accessors.Has.class, Accessors.Verb.HAS)
                        : null;
        always = spec.absence() == Absence.DEFAULT;
        nullWhenAbsent = spec.absence() == Absence.NULL;
    }

    final FieldDescriptor descriptor() {
        return spec.descriptor();
    }

    final boolean hasPresence() {
        return has != null;
    }

    /** Writes key and value, or what stands for an absent field. */
    final void write(Object message, JsonBuffer out) {
        if (has == null ? always || !isDefault(message) : has.has(message)) {
            out.raw(tag);
            writeValue(message, out);
        } else if (nullWhenAbsent) {
            out.raw(key);
            out.nothing();
        }
    }

    final boolean isSet(Object message) {
        return has == null ? !isDefault(message) : has.has(message);
    }

    /**
     * Whether the two messages look the same in this field; false where that would be dear to find
     * out.
     */
    final boolean looksTheSame(Object one, Object other) {
        if (has != null) {
            boolean present = has.has(one);
            if (present != has.has(other) || !present) {
                return present == has.has(other);
            }
        }
        return isEqual(one, other);
    }

    @Override
    final void read(JsonInput in, Message.Builder builder, int frame) {
        if (in.token() == JsonToken.VALUE_NULL && !takesNull()) {
            return;
        }
        if (spec.oneof() >= 0) {
            int word = frame + spec.oneof();
            if (in.marks.word(word) != 0) {
                in.reject(
                        "oneof",
                        "only one of the members of "
                                + descriptor().getContainingOneof().getName()
                                + " may be there");
                return;
            }
            in.marks.set(word, spec.member());
        }
        readValue(in, builder);
    }

    abstract boolean isDefault(Object message);

    /** What the value looks like. */
    abstract Shape shape();

    final Absence absence() {
        return spec.absence();
    }

    abstract void writeValue(Object message, JsonBuffer out);

    abstract void readValue(JsonInput in, Object builder);

    /** Whether the values of two messages are equal; both have one. */
    boolean isEqual(Object one, Object other) {
        return false;
    }

    boolean takesNull() {
        return false;
    }
}
