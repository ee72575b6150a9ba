package dev.tandem.gateway.engine;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Shape;
import dev.tandem.gateway.config.key.Type;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.routing.CircuitSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The engines that models may use, by their names. */
public final class EnginesSection {
    private static final Key<String> KIND =
            Key.of(
                            "kind",
                            Types.text(
                                    Kinds.ALL.stream()
                                            .map(Kind::name)
                                            .collect(Collectors.joining(", ", "one of ", "")),
                                    Kinds.ALL.stream()
                                            .map(Kind::name)
                                            .collect(Collectors.joining("|"))),
                            "What it is.")
                    .mustBeSet();

    private static final Type<EngineConfig<?>> ENGINE =
            new Shape<>(allKeys(), EnginesSection::engine);

    /** The key at the top of the file. */
    public static final Key<Map<String, EngineConfig<?>>> ENGINES =
            Key.of(
                            "engines",
                            Types.map("names of engines", "[A-Za-z0-9._-]{1,64}", ENGINE),
                            "What answers: servers elsewhere, and models inside the program."
                                    + " [More](models.md#engines).")
                    .fallback(Map.of())
                    .example("{gpu: {kind: openai, url: 'http://10.0.0.7:8000/v1'}}")
                    .whileRunning();

    /** Its place in the file. */
    public static final Section<Map<String, EngineConfig<?>>> SECTION = Section.ofOne(ENGINES);

    private EnginesSection() {}

    private static List<Key<?>> allKeys() {
        Set<Key<?>> keys = new LinkedHashSet<>();
        keys.add(KIND);
        Kinds.ALL.forEach(kind -> keys.addAll(kind.keys()));
        keys.addAll(EngineKeys.COMMON);
        return List.copyOf(keys);
    }

    private static EngineConfig<?> engine(Values in) {
        Kind<?> kind = Kinds.named(in.get(KIND)).orElseThrow();
        strangers(kind, in);
        return engine(kind, in);
    }

    private static <S> EngineConfig<S> engine(Kind<S> kind, Values in) {
        return new EngineConfig<>(
                kind,
                kind.read(in),
                kind.capacity(in),
                in.find(EngineKeys.CIRCUIT).orElse(CircuitSettings.DEFAULT));
    }

    /** Tells of keys that belong to other kinds. */
    private static void strangers(Kind<?> kind, Values in) {
        List<Key<?>> own = new ArrayList<>(kind.keys());
        own.addAll(EngineKeys.COMMON);
        own.add(KIND);
        String names = own.stream().map(Key::name).sorted().collect(Collectors.joining(", "));
        for (Key<?> key : allKeys()) {
            if (in.told(key) && !own.contains(key)) {
                in.problem(
                        key,
                        "engines of kind "
                                + kind.name()
                                + " have no such key; known are "
                                + names
                                + ".");
            }
        }
    }
}
