package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Map;

/**
 * What a value looks like as JSON, told by the codec that reads and writes it. For those who
 * describe the JSON to others.
 */
public sealed interface Shape {
    /**
     * A whole number.
     *
     * @param bits 32 or 64
     * @param quoted is it written as a string?
     * @param quotable is a string with the number read, too?
     */
    record Whole(int bits, boolean unsigned, boolean quoted, boolean quotable) implements Shape {}

    /**
     * A number; what is not finite is one of the strings NaN, Infinity, -Infinity.
     *
     * @param bits 32 or 64
     * @param quotable is a string with the number read, too?
     */
    record Real(int bits, boolean quotable) implements Shape {}

    /** True or false. */
    record Flag() implements Shape {}

    /** A string. */
    record Text() implements Shape {}

    /** A string of base64, written in the standard alphabet, read in both. */
    record Bytes() implements Shape {}

    /** Any JSON value; the field holds its text. */
    record JsonText() implements Shape {}

    /**
     * The name of an enum's value.
     *
     * @param names the names that are read, aliases too, and their numbers
     * @param numbers is a value's number read, too?
     * @param isNull it is the enum whose only value is null
     */
    record Choice(EnumDescriptor type, Map<String, Integer> names, boolean numbers, boolean isNull)
            implements Shape {}

    /**
     * An array.
     *
     * @param single a list of one may be the bare value
     * @param nulls may an element be null?
     */
    record Many(Shape element, boolean single, boolean nulls) implements Shape {}

    /**
     * An object with any keys.
     *
     * @param key the field for the key in the map's entry
     * @param nulls may a value be null?
     */
    record MapOf(FieldDescriptor key, Shape value, boolean nulls) implements Shape {}

    /**
     * A scalar in one of the well-known wrappers: the bare value.
     *
     * @param type the wrapper
     */
    record Wrapped(Descriptor type, Shape value) implements Shape {}

    /** A well-known message with a form of its own. */
    record WellKnown(Kind kind) implements Shape {
        /** Which one. */
        public enum Kind {
            /** RFC 3339. */
            TIMESTAMP,
            /** Seconds with an s. */
            DURATION,
            /** Paths in lowerCamelCase with commas between them. */
            FIELD_MASK,
            /** Any object. */
            STRUCT,
            /** Any value, null too. */
            VALUE,
            /** Any array. */
            LIST,
            /** An object that names its type in {@code @type}. */
            ANY
        }
    }

    /** A message, which may contain itself. */
    final class Nested implements Shape {
        private final MessageTable table;

        Nested(MessageTable table) {
            this.table = table;
        }

        /** The message's type. */
        public Descriptor type() {
            return table.type();
        }

        /** What it looks like; compiles the type if nothing has yet. */
        public ObjectShape object() {
            return ObjectShape.of(table.type(), table.layout());
        }
    }
}
