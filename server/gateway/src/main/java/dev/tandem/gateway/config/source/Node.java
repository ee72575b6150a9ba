package dev.tandem.gateway.config.source;

import java.util.List;
import java.util.Optional;

/** What was written, before anybody knows what it means. */
public sealed interface Node {
    /** Where it stands. */
    Origin origin();

    /**
     * A single value.
     *
     * @param value with references to variables followed
     * @param written as it stands, to be shown to people; the same where nothing was followed
     */
    record Text(String value, String written, Origin origin) implements Node {
        /** Does it say nothing? Such a value counts as not set. */
        public boolean blank() {
            return value.isBlank();
        }

        /** As it stands, unless it is the content of a file that must not be shown. */
        @Override
        public String toString() {
            return "Text[" + origin.text() + "]";
        }
    }

    /** A value that is set to nothing, which counts as not set. */
    record Nothing(Origin origin) implements Node {}

    /** A list. */
    record Items(List<Node> items, Origin origin) implements Node {
        /** Keeps a copy. */
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A map; every name stands once. */
    record Fields(List<Field> fields, Origin origin) implements Node {
        /** Keeps a copy. */
        public Fields {
            fields = List.copyOf(fields);
        }

        /** The value of a field. */
        public Optional<Node> find(String name) {
            return fields.stream()
                    .filter(field -> field.name().equals(name))
                    .map(Field::value)
                    .findFirst();
        }
    }

    /**
     * A name and its value.
     *
     * @param at where the name stands
     */
    record Field(String name, Origin at, Node value) {}

    /** Does it set nothing? */
    default boolean unset() {
        return this instanceof Nothing || (this instanceof Text text && text.blank());
    }
}
