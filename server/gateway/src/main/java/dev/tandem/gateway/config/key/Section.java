package dev.tandem.gateway.config.key;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A part of the file, and the record that it becomes.
 *
 * @param <T> the record; {@code equals} must tell whether two are the same
 * @param name in the file; empty where its one key stands at the top of the file
 * @param about a sentence or two of Markdown
 * @param keys in the order of the documentation
 * @param reader makes the record, and tells the problems that single keys do not show
 */
public record Section<T>(String name, String about, List<Key<?>> keys, Function<Values, T> reader) {
    /** Keeps a copy. */
    public Section {
        keys = List.copyOf(keys);
    }

    /** A section with these keys. */
    public static <T> Section<T> of(
            String name, String about, Function<Values, T> reader, Key<?>... keys) {
        return new Section<>(name, about, List.of(keys), reader);
    }

    /** A list or a map that stands at the top of the file, as {@code models}. */
    public static <T> Section<T> ofOne(Key<T> key) {
        return new Section<>("", key.about(), List.of(key), values -> values.get(key));
    }

    /** A name for people: that in the file. */
    public String title() {
        return name.isEmpty() ? keys.getFirst().name() : name;
    }

    /** Its keys with their names. */
    public Stream<Setting<?>> settings() {
        return keys.stream().map(this::setting);
    }

    /** One of its keys with its names. */
    public <K> Setting<K> setting(Key<K> key) {
        return new Setting<>(name, key);
    }
}
