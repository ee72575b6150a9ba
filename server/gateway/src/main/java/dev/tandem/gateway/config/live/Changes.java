package dev.tandem.gateway.config.live;

import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Setting;
import dev.tandem.gateway.config.key.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * What differs between two readings.
 *
 * @param merged the newer one, with the older one's values where a change needs a new start
 * @param sentences what is taken, a line each
 * @param needStart what is not, a line each
 */
record Changes(Configuration merged, List<String> sentences, List<String> needStart) {

    static Changes between(Configuration old, Configuration next) {
        List<String> sentences = new ArrayList<>();
        List<String> needStart = new ArrayList<>();
        for (Section<?> section : next.sections()) {
            Values before = old.values(section);
            Values after = next.values(section);
            section.settings()
                    .filter(setting -> differ(setting.key(), before, after))
                    .forEach(setting ->
                            (setting.key().live() ? sentences : needStart)
                                    .add(sentence(setting, before, after)));
        }
        return new Changes(next.withFixedOf(old), sentences, needStart);
    }

    private static boolean differ(Key<?> key, Values before, Values after) {
        return !before.find(key).equals(after.find(key));
    }

    private static <T> String sentence(Setting<T> setting, Values before, Values after) {
        Key<T> key = setting.key();
        String next = shown(key, after) + " (" + after.origin(key).text() + ")";
        return key.live()
                ? "Settings: %s is now %s.".formatted(setting.path(), next)
                : "Settings: %s is changed to %s and needs a new start; until then %s stays in force."
                        .formatted(setting.path(), next, shown(key, before));
    }

    private static <T> String shown(Key<T> key, Values values) {
        return values.shown(key).map(String::valueOf).orElse("not set");
    }
}
