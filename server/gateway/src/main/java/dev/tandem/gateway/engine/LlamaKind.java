package dev.tandem.gateway.engine;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.routing.CircuitSettings;
import dev.tandem.runtime.admission.Capacity;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Models inside the program, by llama.cpp. */
final class LlamaKind implements Kind<LlamaSettings> {
    /** More than its own queue takes. */
    private static final Capacity ANY = Capacity.of(100_000, 0);

    private static final Key<String> FILE =
            Key.of(
                            "file",
                            Types.text("a GGUF file, or an https address of one"),
                            "The model. An address is fetched once, into the store.")
                    .otherwise("that of `store.model`, or the default model");
    private static final Key<String> SHA256 =
            Key.of(
                    "sha256",
                    Types.text("64 hexadecimal digits", "[0-9a-f]{64}"),
                    "What the sum of a fetched file must be.");
    private static final Key<Integer> SLOTS =
            Key.of("slots", Types.integer(1, 64), "How many requests run at the same time.");
    private static final Key<Integer> THREADS =
            Key.of("threads", Types.integer(1, 512), "Threads that compute.");
    private static final Key<Long> MEMORY =
            Key.of(
                    "memory",
                    Types.bytes(64L << 20, 1L << 40),
                    "The most memory for the model and its contexts.");
    private static final Key<Integer> GPU_LAYERS =
            Key.of("gpu_layers", Types.integer(0, 10_000), "How many layers a GPU computes.")
                    .otherwise("`engine.gpu_layers`");
    private static final Key<LlamaSettings.Place> PROCESS =
            Key.of(
                            "process",
                            Types.oneOf(LlamaSettings.Place.class),
                            "Run it in the program, or in a child process that is started again"
                                    + " where it ends.")
                    .fallback(LlamaSettings.Place.INSIDE);

    /**
     * The model of {@code store.model}, or the default one, as the section {@code engine} has it.
     */
    EngineConfig<LlamaSettings> ofStore() {
        return new EngineConfig<>(this, LlamaSettings.NONE, ANY, CircuitSettings.DEFAULT);
    }

    @Override
    public String name() {
        return "llamacpp";
    }

    @Override
    public List<Key<?>> keys() {
        return List.of(
                FILE, SHA256, EngineKeys.CONTEXT, SLOTS, THREADS, MEMORY, GPU_LAYERS, PROCESS);
    }

    @Override
    public LlamaSettings read(Values in) {
        return new LlamaSettings(
                in.find(FILE).flatMap(file -> source(file, in)),
                in.find(SHA256),
                number(in, EngineKeys.CONTEXT),
                number(in, SLOTS),
                number(in, THREADS),
                in.told(EngineKeys.MAX_QUEUE)
                        ? OptionalInt.of(in.get(EngineKeys.MAX_QUEUE))
                        : OptionalInt.empty(),
                in.find(MEMORY).map(OptionalLong::of).orElse(OptionalLong.empty()),
                number(in, GPU_LAYERS),
                in.get(PROCESS));
    }

    /** It has a queue of its own behind its slots, which knows how many of them a call needs. */
    @Override
    public Capacity capacity(Values in) {
        return in.told(EngineKeys.MAX_CONCURRENT) ? EngineKeys.capacity(in) : ANY;
    }

    private static OptionalInt number(Values in, Key<Integer> key) {
        return in.find(key).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static Optional<LlamaSettings.Source> source(String file, Values in) {
        try {
            if (file.startsWith("https://")) {
                return Optional.of(new LlamaSettings.Source.Remote(URI.create(file)));
            }
            Path path = in.origin(FILE).folder().resolve(file).normalize();
            if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                in.problem(FILE, in.quoted(FILE) + " is not a file that can be read.");
            }
            return Optional.of(new LlamaSettings.Source.Local(path));
        } catch (InvalidPathException e) {
            in.problem(FILE, in.quoted(FILE) + " is not a path.");
        } catch (IllegalArgumentException e) {
            in.problem(FILE, in.quoted(FILE) + " is not an address.");
        }
        return Optional.empty();
    }

    @Override
    public Opened open(String name, LlamaSettings settings, Workshop workshop) {
        LoadingEngine engine = new LoadingEngine();
        LlamaResidence residence = new LlamaResidence(name, settings, workshop, engine);
        engine.hosted(workshop.host().apply(residence));
        return new Opened(engine, residence::begin, () -> {});
    }

    @Override
    public Finding look(String name, LlamaSettings settings, Workshop workshop) {
        String about = "engine " + name;
        if (workshop.store().presentLlama().isEmpty()) {
            return Finding.warning(
                    about,
                    "llama.cpp's library is not here yet.",
                    "`tandem serve` fetches it with npm; or name the unpacked package in"
                            + " TANDEM_LLAMA_HOME.");
        }
        return switch (settings.source().orElse(null)) {
            case LlamaSettings.Source.Local(Path path) ->
                    Finding.ok(about, path + " is there, and so is llama.cpp's library.");
            case LlamaSettings.Source.Remote(URI address) ->
                    Finding.ok(about, "Its file comes from " + address.getHost() + ".");
            case null ->
                    Files.isRegularFile(workshop.store().modelFile())
                            ? Finding.ok(about, workshop.store().modelFile() + " is there.")
                            : Finding.warning(
                                    about,
                                    workshop.store().modelFile() + " is not here yet.",
                                    "`tandem serve` fetches it with pip.");
        };
    }
}
