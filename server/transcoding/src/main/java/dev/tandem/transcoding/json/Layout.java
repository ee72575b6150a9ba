package dev.tandem.transcoding.json;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.sym.PropertyNameMatcher;

/**
 * A message type, compiled: everything that is asked for while messages are read and written.
 * Immutable.
 */
final class Layout {
    /** The opening brace, and the constants. */
    final byte[] head;

    /** In the order in which they are written; without the one that collects extra keys. */
    final Field[] fields;

    /** What the matcher's indexes stand for; a key with two names is there twice. */
    final Key[] keys;

    /** All keys of the object. */
    final PropertyNameMatcher names;

    /** How many words of {@link Marks} an object needs. */
    final int words;

    final List<Discriminator> discriminators;

    /** Null where there are none. */
    final @Nullable Shorthands shorthands;

    /** Null where an unknown key is an error. */
    final @Nullable ExtraKeys extra;

    /** The fields of proto2 that must be there. */
    final List<Field> required;

    Layout(Parts parts, @Nullable Shorthands shorthands, @Nullable ExtraKeys extra) {
        head = parts.head().toByteArray();
        fields = parts.fields().toArray(Field[]::new);
        keys = parts.keys().toArray(Key[]::new);
        names = parts.names();
        words = parts.words();
        discriminators = List.copyOf(parts.discriminators());
        required =
                parts.fields().stream().filter(field -> field.descriptor().isRequired()).toList();
        this.shorthands = shorthands;
        this.extra = extra;
    }

    /** What every layout has. */
    record Parts(
            JsonBuffer head,
            List<Field> fields,
            List<Key> keys,
            PropertyNameMatcher names,
            int words,
            List<Discriminator> discriminators) {}
}
