package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Shape;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.store.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A section with a key of every type. */
record Probe(
        String word,
        int number,
        long size,
        Duration time,
        boolean flag,
        Shade shade,
        Optional<Path> path,
        Optional<Secret> secret,
        List<String> names,
        Map<String, Integer> weights,
        List<Upstream> upstreams) {

    enum Shade {
        LIGHT,
        DARK
    }

    /** An entry of a list, with a secret of its own. */
    record Upstream(String name, int weight, Optional<Secret> token) {
        static final Key<String> NAME =
                Key.of("name", Types.text("a name", "[a-z0-9-]+"), "Its name.").mustBeSet();
        static final Key<Integer> WEIGHT =
                Key.of("weight", Types.integer(1, 100), "Its share.").fallback(1);
        static final Key<Secret> TOKEN = Key.of("token", Types.secret(), "Its token.");
        static final Shape<Upstream> SHAPE =
                Shape.of(
                        in -> new Upstream(in.get(NAME), in.get(WEIGHT), in.find(TOKEN)),
                        NAME,
                        WEIGHT,
                        TOKEN);
    }

    static final Key<String> WORD =
            Key.of("word", Types.text("a word", "[a-z]+"), "A word.").fallback("plain");
    static final Key<Integer> NUMBER =
            Key.of("number", Types.integer(1, 9), "A number.").fallback(1).whileRunning();
    static final Key<Long> SIZE =
            Key.of("size", Types.bytes(0, 1 << 30), "A size.").fallback(1024L);
    static final Key<Duration> TIME =
            Key.of("time", Types.seconds(1, 60), "A time.").fallback(Duration.ofSeconds(1));
    static final Key<Boolean> FLAG = Key.of("flag", Types.onOff(), "A flag.").fallback(false);
    static final Key<Shade> SHADE =
            Key.of("shade", Types.oneOf(Shade.class), "A choice.").fallback(Shade.LIGHT);
    static final Key<Path> PATH = Key.of("path", Types.path("a file"), "A path.");
    static final Key<Secret> SECRET = Key.of("secret", Types.secret(), "A secret.").whileRunning();
    static final Key<List<String>> NAMES =
            Key.of("names", Types.list(Types.text("a word", "[a-z]+")), "Names.")
                    .fallback(List.of());
    static final Key<Map<String, Integer>> WEIGHTS =
            Key.of("weights", Types.map("a word", "[a-z]+", Types.integer(0, 9)), "Weights.")
                    .fallback(Map.of());
    static final Key<List<Upstream>> UPSTREAMS =
            Key.of("upstreams", Types.list(Upstream.SHAPE), "Upstreams.")
                    .fallback(List.of())
                    .whileRunning();

    static final Section<Probe> SECTION =
            Section.of(
                    "probe",
                    "A section with a key of every type.",
                    Probe::read,
                    WORD,
                    NUMBER,
                    SIZE,
                    TIME,
                    FLAG,
                    SHADE,
                    PATH,
                    SECRET,
                    NAMES,
                    WEIGHTS,
                    UPSTREAMS);

    private static Probe read(Values in) {
        return new Probe(
                in.get(WORD),
                in.get(NUMBER),
                in.get(SIZE),
                in.get(TIME),
                in.get(FLAG),
                in.get(SHADE),
                in.find(PATH),
                in.find(SECRET),
                in.get(NAMES),
                in.get(WEIGHTS),
                in.get(UPSTREAMS));
    }

    /** Inputs of a folder, with nothing of this machine. */
    static Inputs inputs(Path folder, Map<String, String> environment, Map<String, String> flags) {
        Machine machine = new Machine("Linux", "amd64", folder.resolve("ada"), 8);
        return new Inputs(flags, environment, folder, machine, null);
    }

    static Configuration read(
            Path folder, Map<String, String> environment, Map<String, String> flags) {
        return Configuration.read(List.of(SECTION), inputs(folder, environment, flags), null);
    }
}
