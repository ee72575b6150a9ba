package dev.tandem.transcoding.json;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/**
 * How the fields of one message class are read and set. Enum values are their numbers throughout.
 */
public interface Accessors {
    /**
     * Those of a message class, as fast as they can be had.
     *
     * @param prototype the default instance: of a generated class, or a {@code DynamicMessage}
     */
    static Accessors of(Message prototype) {
        return new BoundAccessors(prototype);
    }

    /**
     * One accessor of one field.
     *
     * @param shape one of the interfaces below, fitting the verb and the field's type
     */
    <T> T bind(Class<T> shape, FieldDescriptor field, Verb verb);

    /** What is done with a field. */
    enum Verb {
        HAS("has", ""),
        GET("get", ""),
        LIST("get", "List"),
        COUNT("get", "Count"),
        MAP("get", "Map"),
        /** Whether a map has entries. */
        FILLED("get", "Count"),
        SET("set", ""),
        ADD("add", ""),
        PUT_ALL("putAll", "");

        final String prefix;
        final String suffix;

        Verb(String prefix, String suffix) {
            this.prefix = prefix;
            this.suffix = suffix;
        }
    }

    /** Presence. */
    interface Has {
        boolean has(Object message);
    }

    /** A field of 32 bits, or an enum's number. */
    interface IntGet {
        int get(Object message);
    }

    /** A field of 64 bits. */
    interface LongGet {
        long get(Object message);
    }

    /** A float. */
    interface FloatGet {
        float get(Object message);
    }

    /** A double. */
    interface DoubleGet {
        double get(Object message);
    }

    /** A bool. */
    interface BoolGet {
        boolean get(Object message);
    }

    /** Anything that is an object: strings, bytes, messages, lists, maps. */
    interface RefGet {
        Object get(Object message);
    }

    /** A field of 32 bits, or an enum's number. */
    interface IntSet {
        void set(Object builder, int value);
    }

    /** A field of 64 bits. */
    interface LongSet {
        void set(Object builder, long value);
    }

    /** A float. */
    interface FloatSet {
        void set(Object builder, float value);
    }

    /** A double. */
    interface DoubleSet {
        void set(Object builder, double value);
    }

    /** A bool. */
    interface BoolSet {
        void set(Object builder, boolean value);
    }

    /** Anything that is an object: strings, bytes, messages, lists, maps. */
    interface RefSet {
        void set(Object builder, Object value);
    }
}
