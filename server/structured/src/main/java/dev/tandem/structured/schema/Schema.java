package dev.tandem.structured.schema;

import dev.tandem.structured.json.Json;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON value must be like, as far as it can be held to while the value is written. What only
 * the finished value shows is left to a check: {@link SchemaDocument#checkedOnly}. Immutable.
 */
public sealed interface Schema {
    /** Any value. */
    Schema ANYTHING = new Anything();

    /** No value at all. */
    Schema NOTHING = new Nothing();

    /** Any value. */
    record Anything() implements Schema {}

    /** No value at all. */
    record Nothing() implements Schema {}

    /** Null. */
    record NullValue() implements Schema {}

    /** True or false. */
    record BooleanValue() implements Schema {}

    /** One of some values. */
    record Values(List<Json> values) implements Schema {
        /** Copies the values. */
        public Values {
            values = List.copyOf(values);
        }

        /** One of these; nothing where there are none. */
        public static Schema of(List<Json> values) {
            return values.isEmpty() ? NOTHING : new Values(values);
        }
    }

    /**
     * A number.
     *
     * @param whole whether it must be an integer
     * @param multipleOf a whole number up to {@link #LARGEST_MULTIPLE}, with {@code whole}; or a
     *     tenth, hundredth and so on; null for no such rule
     */
    record NumberValue(
            boolean whole,
            @Nullable Bound least,
            @Nullable Bound most,
            @Nullable BigDecimal multipleOf)
            implements Schema {
        /** The largest divisor that can be held to digit by digit. */
        public static final int LARGEST_MULTIPLE = 100;

        /** Any number. */
        public static final NumberValue ANY = new NumberValue(false, null, null, null);
    }

    /**
     * One end of a range.
     *
     * @param open whether the value itself is outside
     */
    record Bound(BigDecimal value, boolean open) {}

    /**
     * A string.
     *
     * @param most in code points; null for no limit
     * @param patterns each must be found in it
     */
    record StringValue(
            int least, @Nullable Integer most, List<String> patterns, List<Format> formats)
            implements Schema {
        /** Any string. */
        public static final StringValue ANY = new StringValue(0, null, List.of(), List.of());

        /** Copies the lists. */
        public StringValue {
            patterns = List.copyOf(patterns);
            formats = List.copyOf(formats);
        }
    }

    /**
     * An array.
     *
     * @param first what the first items must be like
     * @param rest what the items behind them must be like
     * @param most null for no limit
     */
    record ArrayValue(List<Schema> first, Schema rest, int least, @Nullable Integer most)
            implements Schema {
        /** Any array. */
        public static final ArrayValue ANY = new ArrayValue(List.of(), ANYTHING, 0, null);

        /** Copies the list. */
        public ArrayValue {
            first = List.copyOf(first);
        }

        /** What the item at this index must be like. */
        public Schema item(int index) {
            return index < first.size() ? first.get(index) : rest;
        }
    }

    /**
     * An object.
     *
     * @param properties by name, in the order in which they are to be written
     * @param required names; each is one of the properties
     * @param others what all other properties must be like
     * @param open whether the schema did not say a word about other properties: they are allowed
     *     then, but nobody asked for them
     * @param mostProperties null for no limit
     */
    record ObjectValue(
            Map<String, Schema> properties,
            SequencedSet<String> required,
            Schema others,
            boolean open,
            int leastProperties,
            @Nullable Integer mostProperties)
            implements Schema {
        /** Any object. */
        public static final ObjectValue ANY =
                new ObjectValue(Map.of(), new LinkedHashSet<>(), ANYTHING, true, 0, null);

        /** Copies the collections in their order. */
        public ObjectValue {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
            required = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(required));
        }

        /** What the property of this name must be like. */
        public Schema property(String name) {
            return properties.getOrDefault(name, others);
        }
    }

    /** At least one of some schemas. */
    record AnyOf(List<Schema> schemas) implements Schema {
        /** Copies the schemas. */
        public AnyOf {
            schemas = List.copyOf(schemas);
        }

        /** At least one of these, none of which is impossible or stands twice. */
        public static Schema of(List<? extends Schema> schemas) {
            List<Schema> possible =
                    schemas.stream()
                            .<Schema>map(schema -> schema)
                            .filter(schema -> !schema.equals(NOTHING))
                            .distinct()
                            .toList();
            return switch (possible.size()) {
                case 0 -> NOTHING;
                case 1 -> possible.getFirst();
                default -> new AnyOf(possible);
            };
        }
    }

    /**
     * The definition of a name.
     *
     * @param pointer where it stands in the schema: its name in {@link SchemaDocument}
     */
    record Reference(String pointer) implements Schema {}
}
