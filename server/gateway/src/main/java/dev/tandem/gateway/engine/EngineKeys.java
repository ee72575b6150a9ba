package dev.tandem.gateway.engine;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Shape;
import dev.tandem.gateway.config.key.Type;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.routing.CircuitSettings;
import dev.tandem.runtime.admission.Capacity;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.v1.Capability;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The keys that more than one kind of engine has. */
final class EngineKeys {
    /** What a model can do, in the words of the configuration. */
    enum Ability {
        CHAT(Capability.CAPABILITY_CHAT),
        COMPLETION(Capability.CAPABILITY_COMPLETION),
        EMBEDDING(Capability.CAPABILITY_EMBEDDING);

        private final Capability capability;

        Ability(Capability capability) {
            this.capability = capability;
        }
    }

    /**
     * How long and how large answers may be.
     *
     * @param first to the begin of an answer
     * @param gap between two of its pieces
     * @param size the most bytes of an answer
     */
    record Limits(Duration first, Duration gap, long size) {
        static final Limits DEFAULT =
                new Limits(Duration.ofSeconds(300), Duration.ofSeconds(60), 64L << 20);
    }

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration MILLI = Duration.ofMillis(1);

    /** Stands where a wrong address does, in settings that nobody gets. */
    static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    static final Key<String> URL =
            Key.of(
                    "url",
                    Types.text("an http or https address", "https?://\\S{1,2000}"),
                    "Where the server is, with the path below which its API lies.");

    static final Key<Secret> API_KEY =
            Key.of(
                    "api_key",
                    Types.secret(),
                    "Shown to the server. `${NAME}` takes it from the environment.");

    static final Key<List<Ability>> CAPABILITIES =
            Key.of("capabilities", Types.list(Types.oneOf(Ability.class)), "What its model can do.")
                    .fallback(List.of(Ability.CHAT));

    static final Key<Integer> CONTEXT =
            Key.of(
                            "context",
                            Types.integer(1, 100_000_000),
                            "The most tokens of prompt and answer together.")
                    .otherwise("not known");

    static final Key<Boolean> STREAM =
            Key.of("stream", Types.onOff(), "Does it answer in events?").fallback(true);

    static final Key<String> MODEL =
            Key.of(
                    "model",
                    Types.text("a name", "\\S{1,200}"),
                    "The server's name of the model whose capabilities and context are told.");

    static final Key<String> OWNER =
            Key.of(
                    "owner",
                    Types.text("a name", "\\S.{0,99}"),
                    "Who runs the model, for the list of models.");

    static final Key<List<String>> IMAGE_HOSTS =
            names("image_hosts", "hosts", "From which hosts the server may fetch images.");

    private static final Key<Duration> FIRST =
            Key.of("first", Types.time(MILLI, DAY), "To the begin of an answer.")
                    .fallback(Limits.DEFAULT.first());
    private static final Key<Duration> GAP =
            Key.of("gap", Types.time(MILLI, DAY), "Between two pieces of it.")
                    .fallback(Limits.DEFAULT.gap());
    private static final Key<Long> SIZE =
            Key.of("size", Types.bytes(1L << 10, 1L << 30), "The most bytes of an answer.")
                    .fallback(Limits.DEFAULT.size());

    static final Key<Limits> LIMITS =
            Key.of(
                    "limits",
                    Shape.of(
                            in -> new Limits(in.get(FIRST), in.get(GAP), in.get(SIZE)),
                            FIRST,
                            GAP,
                            SIZE),
                    "How long and how large its answers may be.");

    static final Key<Integer> MAX_CONCURRENT =
            Key.of(
                            "max_concurrent",
                            Types.integer(1, 100_000),
                            "How many calls it works for at once.")
                    .fallback(256);

    static final Key<Integer> MAX_QUEUE =
            Key.of("max_queue", Types.integer(0, 100_000), "How many calls may wait for that.")
                    .fallback(64);

    static final Key<Duration> MAX_WAIT =
            Key.of("max_wait", Types.time(MILLI, DAY), "How long a call may wait for that.")
                    .fallback(Duration.ofSeconds(30));

    private static final CircuitSettings USUAL = CircuitSettings.DEFAULT;
    private static final Key<Integer> FAILURES =
            Key.of("failures", Types.integer(1, 100_000), "In a row.").fallback(USUAL.failures());
    private static final Key<Double> SHARE =
            Key.of("share", Types.share(), "Of the calls.").fallback(USUAL.share());
    private static final Key<Integer> CALLS =
            Key.of("calls", Types.integer(1, 100_000), "From which on the share counts.")
                    .fallback(USUAL.calls());
    private static final Key<Duration> WINDOW =
            Key.of("window", Types.time(MILLI, DAY), "Of the share.").fallback(USUAL.window());
    private static final Key<Duration> OPEN =
            Key.of("open", Types.time(MILLI, DAY), "Until one call tries.").fallback(USUAL.open());

    static final Key<CircuitSettings> CIRCUIT =
            Key.of(
                    "circuit",
                    Shape.of(
                            in ->
                                    new CircuitSettings(
                                            in.get(FAILURES),
                                            in.get(SHARE),
                                            in.get(CALLS),
                                            in.get(WINDOW),
                                            in.get(OPEN)),
                            FAILURES,
                            SHARE,
                            CALLS,
                            WINDOW,
                            OPEN),
                    "When it is left alone.");

    /** Those that every engine has. */
    static final List<Key<?>> COMMON = List.of(MAX_CONCURRENT, MAX_QUEUE, MAX_WAIT, CIRCUIT);

    private EngineKeys() {}

    /** A list of names, none unless told. */
    static Key<List<String>> names(String key, String what, String about) {
        Type<String> name = Types.text("one of the " + what, "[^\\s,]{1,200}");
        return Key.of(key, Types.list(name), about);
    }

    static Capacity capacity(Values in) {
        return new Capacity(in.get(MAX_CONCURRENT), in.get(MAX_QUEUE), in.get(MAX_WAIT));
    }

    static Limits limits(Values in) {
        return in.find(LIMITS).orElse(Limits.DEFAULT);
    }

    static Set<Capability> capabilities(Values in) {
        return in.get(CAPABILITIES).stream()
                .map(ability -> ability.capability)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The address; tells where there is none, or one that cannot be used. */
    static URI url(Values in) {
        if (!in.told(URL)) {
            in.problem(URL, "is missing; set it to the address of the server.");
            return NOWHERE;
        }
        try {
            return in.find(URL).isPresent() ? new URI(in.get(URL)) : NOWHERE;
        } catch (URISyntaxException e) {
            in.problem(URL, in.quoted(URL) + " is not an address: " + e.getReason() + ".");
            return NOWHERE;
        }
    }

    /**
     * Makes settings whose own rules say what is wrong.
     *
     * @param otherwise stand in their place, in a configuration that nobody gets
     */
    static <S> S checked(Values in, Supplier<S> settings, Supplier<S> otherwise) {
        try {
            return settings.get();
        } catch (IllegalArgumentException e) {
            in.problem(URL, e.getMessage() + ".");
            return otherwise.get();
        }
    }
}
