package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.config.SettingsException;
import dev.tandem.runtime.Server;
import dev.tandem.store.Machine;
import dev.tandem.store.Store;
import dev.tandem.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** Opens the port at once, loads the model behind it, and serves until it is told to stop. */
@Command(
        name = "serve",
        description = {
            "Serves a model over gRPC and REST on one port, until SIGTERM or Ctrl-C.",
            "What is missing, the default model or llama.cpp's library, is fetched first."
        },
        mixinStandardHelpOptions = true)
final class Serve implements Callable<Integer> {
    private final Screen screen;
    private final Front front;
    private final EngineLoader loader;
    private final CountDownLatch loadingOver = new CountDownLatch(1);

    Serve(Screen screen, Front front, EngineLoader loader) {
        this.screen = screen;
        this.front = front;
        this.loader = loader;
    }

    @Override
    public Integer call()
            throws SettingsException, CommandException, StoreException, InterruptedException {
        long begin = System.nanoTime();
        Logging.begin();
        Settings settings = Settings.ofEnvironment();
        settings.notes().forEach(screen.err()::println);
        Store store =
                new Store(
                        settings.storage(),
                        screen.progress(),
                        Machine.here(),
                        System.getenv().getOrDefault("PATH", ""));
        LoadingEngine engine = new LoadingEngine();
        Server server = open(settings, store.modelName(), engine);
        stopInOrder(server, engine, settings.limits().drain());
        Banner banner = new Banner(screen.out(), settings.listen(), server.port());
        banner.listening(store.modelName());
        load(store, settings, engine, banner);
        banner.ready(Duration.ofNanos(System.nanoTime() - begin));
        awaitStop();
        return 0;
    }

    /** The shutdown hook interrupts this thread and does the rest. */
    private static void awaitStop() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Server open(Settings settings, String model, LoadingEngine engine)
            throws CommandException {
        PortCheck.free(settings.listen());
        return front.open(settings, model, engine);
    }

    private void load(Store store, Settings settings, LoadingEngine engine, Banner banner)
            throws CommandException, StoreException, InterruptedException {
        try {
            Path model = store.model();
            Path llama = store.llama();
            EngineLoader.Loaded loaded = loader.load(llama, model, settings.embedded());
            engine.become(loaded.engine());
            banner.memory(loaded.plan());
        } finally {
            loadingOver.countDown();
        }
    }

    /** On SIGTERM and Ctrl-C: ends a fetch and its processes, or drains the server. */
    private void stopInOrder(Server server, LoadingEngine engine, Duration drain) {
        Thread serving = Thread.currentThread();
        Runtime.getRuntime()
                .addShutdownHook(
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
                                                                + " s.");
                                    }
                                    server.close();
                                    engine.close();
                                }));
    }

    private void awaitLoading() {
        try {
            loadingOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
