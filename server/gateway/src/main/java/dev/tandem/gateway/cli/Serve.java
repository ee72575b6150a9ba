package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.LoggingSection;
import dev.tandem.gateway.config.ServerSection;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.config.SettingsException;
import dev.tandem.gateway.config.StoreSection;
import dev.tandem.gateway.config.live.LiveSettings;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.runtime.Server;
import dev.tandem.store.Machine;
import dev.tandem.store.Store;
import dev.tandem.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
        LoadingEngine engine = new LoadingEngine();
        Models models = models(settings, store.modelName(), engine);
        PortCheck.free(settings.get(ServerSection.SECTION));
        Server server = front.open(live, models);
        live.watch();
        stopInOrder(live, server, models, settings.get(ServerSection.SECTION).drain());
        Banner banner = new Banner(screen.out(), settings, server.port());
        banner.listening(models.all().stream().map(ServedModel::name).toList());
        configuration.file().ifPresent(banner::configured);
        load(store, settings, engine, banner);
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

    /**
     * The chat model is the first, and so the default; a machine without embeddings has no other.
     */
    private Models models(Settings settings, String name, LoadingEngine engine) {
        List<ServedModel> models = new ArrayList<>();
        models.add(new ServedModel(name, engine, name, Instant.now()));
        try {
            embeddings
                    .open(settings)
                    .filter(model -> !model.name().equals(name))
                    .ifPresent(models::add);
        } catch (CommandException e) {
            screen.err().println(e.getMessage());
        }
        return new Models(models, Map.of());
    }

    private void load(Store store, Settings settings, LoadingEngine engine, Banner banner)
            throws CommandException, StoreException, InterruptedException {
        try {
            Path model = store.model();
            Path llama = store.llama();
            EngineLoader.Loaded loaded = loader.load(llama, model, settings);
            engine.become(loaded.engine());
            banner.memory(loaded.plan());
        } finally {
            loadingOver.countDown();
        }
    }

    /** On SIGTERM and Ctrl-C: ends a fetch and its processes, or drains the server. */
    private void stopInOrder(LiveSettings live, Server server, Models models, Duration drain) {
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
                            models.close();
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
