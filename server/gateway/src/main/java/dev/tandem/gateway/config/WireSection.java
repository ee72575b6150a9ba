package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.runtime.WireLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The limits and times of connections.
 *
 * @param limits every limit with its number, in its own unit
 */
public record WireSection(Map<WireLimit, Long> limits) {
    /** In the order of the limits. */
    private static final Map<WireLimit, Key<?>> KEYS = keys();

    /** Its place in the file. */
    public static final Section<WireSection> SECTION =
            new Section<>(
                    "connections",
                    "Limits and times of connections. [limits.md](limits.md) tells what a caller sees"
                            + " when one is met, and what other servers do.",
                    new ArrayList<>(KEYS.values()),
                    WireSection::read);

    /** Keeps a copy. */
    public WireSection {
        limits = Map.copyOf(limits);
    }

    private static Map<WireLimit, Key<?>> keys() {
        Map<WireLimit, Key<?>> keys = new EnumMap<>(WireLimit.class);
        List.of(WireLimit.values()).forEach(limit -> keys.put(limit, key(limit)));
        return Collections.unmodifiableMap(keys);
    }

    private static Key<?> key(WireLimit limit) {
        String name = limit.name().toLowerCase(Locale.ROOT);
        return switch (limit.unit()) {
            case COUNT ->
                    Key.of(name, Types.count(limit.least(), limit.most()), limit.about())
                            .fallback(limit.fallback())
                            .variable("TANDEM_" + limit.name());
            case BYTES ->
                    Key.of(name, Types.bytes(limit.least(), limit.most()), limit.about())
                            .fallback(limit.fallback())
                            .variable("TANDEM_" + limit.name());
            case SECONDS ->
                    Key.of(name, Types.seconds(limit.least(), limit.most()), limit.about())
                            .fallback(Duration.ofSeconds(limit.fallback()))
                            .variable("TANDEM_" + limit.name());
        };
    }

    private static WireSection read(Values in) {
        Map<WireLimit, Long> numbers = new EnumMap<>(WireLimit.class);
        KEYS.forEach((limit, key) -> numbers.put(limit, number(in.get(key))));
        notLess(in, numbers, WireLimit.CONNECTION_WINDOW, WireLimit.STREAM_WINDOW);
        return new WireSection(numbers);
    }

    private static long number(Object value) {
        return value instanceof Duration time ? time.toSeconds() : ((Number) value).longValue();
    }

    private static void notLess(
            Values in, Map<WireLimit, Long> numbers, WireLimit limit, WireLimit than) {
        if (numbers.getOrDefault(limit, 0L) < numbers.getOrDefault(than, 0L)) {
            Key<?> key = KEYS.get(limit);
            Key<?> other = KEYS.get(than);
            if (key != null && other != null) {
                in.problem(
                        key,
                        "%s is less than %s, which is %s."
                                .formatted(in.quoted(key), in.called(other), in.quoted(other)));
            }
        }
    }
}
