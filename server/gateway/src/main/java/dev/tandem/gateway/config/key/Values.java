package dev.tandem.gateway.config.key;

import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.gateway.config.source.Node;
import dev.tandem.gateway.config.source.Origin;
import dev.tandem.gateway.config.source.Problem;
import dev.tandem.gateway.config.source.Reading;
import dev.tandem.runtime.auth.Secret;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of a section or of a record inside one, for whoever makes the record. */
public final class Values {
    /**
     * A value that somebody set.
     *
     * @param value null where it is wrong
     */
    record Found(Node node, @Nullable Object value) {}

    private final Spot spot;
    private final Function<Key<?>, String> names;
    private final IdentityHashMap<Key<?>, Found> found = new IdentityHashMap<>();

    /**
     * @param names what a key is called in a sentence
     */
    Values(Spot spot, Function<Key<?>, String> names) {
        this.spot = spot;
        this.names = names;
    }

    void put(Key<?> key, Found value) {
        found.put(key, value);
    }

    /** These values, with others' of all keys whose changes need a new start. */
    public Values withFixedOf(Values other, List<Key<?>> keys, Reading reading) {
        Values merged = new Values(new Spot(spot.path(), spot.advice(), reading), names);
        for (Key<?> key : keys) {
            Found its = (key.live() ? this : other).found.get(key);
            if (its != null) {
                merged.put(key, its);
            }
        }
        return merged;
    }

    /**
     * The value that is set, or else the default; the default, too, where a wrong one is set.
     *
     * @throws IllegalStateException where there is neither: use {@link #find}
     */
    public <T> T get(Key<T> key) {
        return find(key).orElseThrow(() -> new IllegalStateException(key.name() + " has no value"));
    }

    /** The value that is set, or else the default where there is one. */
    @SuppressWarnings("unchecked") // put by the key's own type
    public <T> Optional<T> find(Key<T> key) {
        Found set = found.get(key);
        if (set != null && set.value() != null) {
            return Optional.of((T) set.value());
        }
        return key.fallback() == null
                ? Optional.empty()
                : Optional.of(key.fallback().apply(inputs()));
    }

    /** Is it set, whether rightly or not? */
    public boolean told(Key<?> key) {
        return found.containsKey(key);
    }

    /** What settings are read from. */
    public Inputs inputs() {
        return spot.reading().inputs();
    }

    /** How to call another key in a sentence. */
    public String called(Key<?> key) {
        return names.apply(key);
    }

    /** Where the value came from. */
    public Origin origin(Key<?> key) {
        Found set = found.get(key);
        return set == null ? new Origin.Default(inputs().folder()) : set.node().origin();
    }

    /**
     * Tells what is wrong with a value beside others.
     *
     * @param sentence ends with a full stop, and has nothing of a secret
     */
    public void problem(Key<?> key, String sentence) {
        Origin origin = origin(key);
        spot.reading()
                .problems()
                .add(Problem.of(origin, spot.inner(key.name(), "").path(), sentence));
    }

    /**
     * Tells what is wrong with a part of a value.
     *
     * @param steps the way to it: names of fields, and places in lists as {@code [0]}; where it
     *     ends earlier, the last that is there is meant
     * @param sentence ends with a full stop, and has nothing of a secret
     */
    public void problem(Key<?> key, List<String> steps, String sentence) {
        Found set = found.get(key);
        Spot at = spot.inner(key.name(), "");
        Node node = set == null ? null : set.node();
        Origin origin = origin(key);
        for (String step : steps) {
            node = node == null ? null : inside(node, step);
            if (node != null) {
                origin = node.origin();
                at = at.inner(step, "");
            }
        }
        spot.reading().problems().add(Problem.of(origin, at.path(), sentence));
    }

    private static @Nullable Node inside(Node node, String step) {
        return switch (node) {
            case Node.Fields fields -> fields.find(step).orElse(null);
            case Node.Items items -> {
                int at = Integer.parseInt(step.substring(1, step.length() - 1));
                yield at < items.items().size() ? items.items().get(at) : null;
            }
            case Node.Text _, Node.Nothing _ -> null;
        };
    }

    /** The value as it is written or defaulted, in quotes. */
    public <T> String quoted(Key<T> key) {
        Found set = found.get(key);
        return set == null
                ? "'" + Spot.plain(key.fallbackWords(inputs())) + "'"
                : key.type().secret() ? "the value" : Spot.shown(set.node());
    }

    /** What may be shown of a key's value: text, list or map; empty where there is none. */
    public <T> Optional<Object> shown(Key<T> key) {
        Found set = found.get(key);
        if (set != null) {
            return Optional.of(key.type().shown(set.node()));
        }
        return find(key).map(value -> byDefault(key, value));
    }

    private static <T> Object byDefault(Key<T> key, T value) {
        if (key.type().secret()) {
            return Secret.MASK;
        }
        return value instanceof List<?> || value instanceof Map<?, ?>
                ? value
                : key.type().written(value);
    }
}
