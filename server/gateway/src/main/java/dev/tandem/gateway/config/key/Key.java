package dev.tandem.gateway.config.key;

import dev.tandem.gateway.config.source.Inputs;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One setting, declared once: from this come its reading, its problems, the reference page, the
 * schema and the sample. Begin with {@link #of}.
 *
 * @param <T> what its value is
 * @param name in its section: small letters, digits and {@code _}
 * @param type what is allowed
 * @param about a sentence or two of Markdown
 * @param variable its variable where that is not {@code TANDEM_}, section and name; or null
 * @param fallback the value where none is set; null where there is none
 * @param otherwise what holds where none is set, in words of Markdown; null where it is a fixed
 *     value
 * @param example a value that somebody may set, as one writes it in the file; null where the
 *     default shows enough
 * @param live is a change taken while the program runs?
 * @param required must it be set?
 */
public record Key<T>(
        String name,
        Type<T> type,
        String about,
        @Nullable String variable,
        @Nullable Function<Inputs, T> fallback,
        @Nullable String otherwise,
        @Nullable String example,
        boolean live,
        boolean required) {

    /** A key without default that needs a new start when it changes. */
    public static <T> Key<T> of(String name, Type<T> type, String about) {
        return new Key<>(name, type, about, null, null, null, null, false, false);
    }

    /** Its variable, {@code TANDEM_…}, and so its flag. */
    public Key<T> variable(String named) {
        return new Key<>(name, type, about, named, fallback, otherwise, example, live, required);
    }

    /** Its default. */
    public Key<T> fallback(T value) {
        return new Key<>(
                name, type, about, variable, inputs -> value, null, example, live, required);
    }

    /** Its default, which depends on the machine. */
    public Key<T> fallback(String words, Function<Inputs, T> value) {
        return new Key<>(name, type, about, variable, value, words, example, live, required);
    }

    /** What holds without it, where it has no default. */
    public Key<T> otherwise(String words) {
        return new Key<>(name, type, about, variable, null, words, example, live, required);
    }

    /** What somebody may set, as one writes it in the file. */
    public Key<T> example(String value) {
        return new Key<>(name, type, about, variable, fallback, otherwise, value, live, required);
    }

    /** Changes are taken while the program runs. */
    public Key<T> whileRunning() {
        return new Key<>(name, type, about, variable, fallback, otherwise, example, true, required);
    }

    /** It must be set. */
    public Key<T> mustBeSet() {
        return new Key<>(name, type, about, variable, fallback, otherwise, example, live, true);
    }

    /** The name that takes the path of a file with the secret. */
    public static String fileName(String name) {
        return name + "_file";
    }

    /** The default, as one would write it. */
    public Optional<String> fixed(Inputs inputs) {
        return fallback == null || otherwise != null
                ? Optional.empty()
                : Optional.of(type.written(fallback.apply(inputs)));
    }

    /** What holds where none is set, in words of Markdown. */
    public String fallbackWords(Inputs inputs) {
        if (otherwise != null) {
            return otherwise;
        }
        if (required) {
            return "none: it must be set";
        }
        return fixed(inputs).filter(text -> !text.isEmpty()).orElse("none");
    }

    /** What ends a sentence about a wrong value. */
    String advice(Inputs inputs) {
        return " (default: " + Spot.plain(fallbackWords(inputs)) + ")";
    }
}
