package dev.tandem.gateway.cli;

import dev.tandem.engines.Engine;
import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.LoggingSection;
import dev.tandem.gateway.config.ServerSection;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.config.SettingsException;
import dev.tandem.gateway.config.StoreSection;
import dev.tandem.gateway.config.live.LiveSettings;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.gateway.engine.EnginesSection;
import dev.tandem.gateway.engine.Fleet;
import dev.tandem.gateway.engine.FleetChanges;
import dev.tandem.gateway.engine.LlamaSettings;
import dev.tandem.gateway.engine.ModelsSection;
import dev.tandem.gateway.engine.Opened;
import dev.tandem.gateway.engine.UnusableEngineException;
import dev.tandem.gateway.engine.Workshop;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.routing.MachineTiming;
import dev.tandem.runtime.Server;
import dev.tandem.store.Machine;
import dev.tandem.store.Store;
import dev.tandem.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Opens the port at once, loads the model behind it, and serves until it is told to stop. */
@Command(
        name = "serve",
        description = {
            "Serves a model over gRPC and REST on one port, until SIGTERM or Ctrl-C.",
            "What is missing, the default model or llama.cpp's library, is fetched first."
        },
        customSynopsis = "tandem serve [--config FILE] [--SETTING VALUE]...",
        mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
    private final Screen screen;
    private final Front front;
    private final EngineLoader loader;
    private final EmbeddingLoader embeddings;
    private final MachineTiming timing = new MachineTiming();
    private final AtomicReference<Consumer<String>> plans = new AtomicReference<>(plan -> {});
    private final CountDownLatch loadingOver = new CountDownLatch(1);

    @Spec private @Nullable CommandSpec spec;

    Serve(Screen screen, Front front, EngineLoader loader, EmbeddingLoader embeddings) {
        this.screen = screen;
        this.front = front;
        this.loader = loader;
        this.embeddings = embeddings;
    }

    @Override
    public Integer call()
            throws SettingsException, CommandException, StoreException, InterruptedException {
        long begin = System.nanoTime();
        Logging.begin();
        Configuration configuration = Configuration.read(inputs());
        configuration.notes().forEach(screen.err()::println);
        LiveSettings live = LiveSettings.of(configuration);
        Settings settings = live.now();
        Logging.apply(live.get(LoggingSection.SECTION), screen.terminal());
        live.follow(LoggingSection.SECTION, next -> Logging.apply(next, screen.terminal()));
        Store store =
                new Store(
                        settings.get(StoreSection.SECTION).storage(),
                        screen.progress(),
                        Machine.here(),
                        System.getenv().getOrDefault("PATH", ""));
        Fleet fleet = fleet(store, settings);
        Fleet.Change first = begin(fleet, settings);
        PortCheck.free(settings.get(ServerSection.SECTION));
        Server server = front.open(live, fleet);
        follow(live, fleet, server);
        live.watch();
        stopInOrder(live, server, fleet, settings.get(ServerSection.SECTION).drain());
        Banner banner = new Banner(screen.out(), settings, server.port());
        plans.set(banner::memory);
        banner.listening(
                fleet.models().all().stream().map(ServedModel::name).toList(),
                settings.get(ModelsSection.SECTION).isEmpty());
        configuration.file().ifPresent(banner::configured);
        load(fleet, first);
        server.readinessChanged();
        banner.ready(Duration.ofNanos(System.nanoTime() - begin));
        awaitStop();
        return 0;
    }

    private Inputs inputs() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets it");
        }
        return SettingFlags.inputs(spec.commandLine().getParseResult());
    }

    /** The shutdown hook interrupts this thread and does the rest. */
    private static void awaitStop() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Fleet fleet(Store store, Settings settings) {
        return new Fleet(
                Workshop.of(
                        store,
                        (home, file, wanted) -> load(home, file, settings, wanted),
                        settings.get(StoreSection.SECTION).storage(),
                        settings.get(StoreSection.SECTION).pullHosts()),
                timing,
                () -> ThreadLocalRandom.current().nextLong(),
                embeddings(settings));
    }

    private Engine load(Path home, Path file, Settings settings, LlamaSettings wanted)
            throws UnusableEngineException {
        try {
            EngineLoader.Loaded loaded = loader.load(home, file, settings, wanted);
            plans.get().accept(loaded.plan());
            return loaded.engine();
        } catch (CommandException e) {
            throw new UnusableEngineException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A machine that cannot run the embedding model does without. */
    private List<ServedModel> embeddings(Settings settings) {
        try {
            return embeddings.open(settings).stream().toList();
        } catch (CommandException e) {
            screen.err().println(e.getMessage());
            return List.of();
        }
    }

    private static Fleet.Change begin(Fleet fleet, Settings settings) throws CommandException {
        try {
            Fleet.Change first =
                    fleet.prepare(
                            settings.get(EnginesSection.SECTION),
                            settings.get(ModelsSection.SECTION));
            first.take();
            return first;
        } catch (UnusableEngineException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Last of all who follow the settings: what it prepares is dear. */
    private static void follow(LiveSettings live, Fleet fleet, Server server) {
        FleetChanges changes = new FleetChanges(fleet, server::readinessChanged);
        live.onChange(
                List.of(EnginesSection.SECTION, ModelsSection.SECTION),
                next ->
                        changes.prepare(
                                next.get(EnginesSection.SECTION), next.get(ModelsSection.SECTION)));
    }

    /** Engines that cannot be loaded are told; where no other is there, that is the end. */
    private void load(Fleet fleet, Fleet.Change change)
            throws CommandException, InterruptedException {
        try {
            int failed = 0;
            for (Opened.Loading loading : change.loadings()) {
                try {
                    loading.run();
                } catch (UnusableEngineException e) {
                    failed++;
                    if (failed == fleet.upstreams().size()) {
                        throw new CommandException(String.valueOf(e.getMessage()), e);
                    }
                    screen.err().println(e.getMessage());
                }
            }
        } finally {
            loadingOver.countDown();
        }
    }

    /** On SIGTERM and Ctrl-C: ends a fetch and its processes, or drains the server. */
    private void stopInOrder(LiveSettings live, Server server, Fleet fleet, Duration drain) {
        Thread serving = Thread.currentThread();
        Thread hook =
                Thread.ofPlatform()
                        .name("stop")
                        .unstarted(() -> {
                            serving.interrupt();
                            awaitLoading();
                            if (server.calls().inFlight() > 0) {
                                screen.out()
                                        .println(
                                                "Stopping; running requests have "
                                                        + drain.toSeconds()
                                                        + " s. Stop again to end at once.");
                            }
                            live.close();
                            server.close();
                            fleet.close();
                            timing.close();
                        });
        Runtime.getRuntime().addShutdownHook(hook);
        // not to the log: Java closes it when the process begins to end
        StopSignals.listen(
                hook, () -> screen.out().println("Told to stop again; running requests end now."));
    }

    private void awaitLoading() {
        try {
            loadingOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
