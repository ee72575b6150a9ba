package dev.tandem.gateway.engine;

import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.Refusal;
import dev.tandem.gateway.admin.Residence;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.store.StoreException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings the one model of an engine into memory, and takes it out: at the start, and whenever an
 * operator wants it. One thread at a time does; others wait for it.
 */
final class LlamaResidence implements Residence {
    /** A child process does not tell when it can answer. */
    private static final long LOOK = Duration.ofMillis(50).toNanos();

    private final String name;
    private final LlamaSettings settings;
    private final Workshop workshop;
    private final LoadingEngine engine;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition look = lock.newCondition();
    private volatile @Nullable Path fetched;

    /**
     * @param name the configuration's name for the engine
     */
    LlamaResidence(String name, LlamaSettings settings, Workshop workshop, LoadingEngine engine) {
        this.name = name;
        this.settings = settings;
        this.workshop = workshop;
        this.engine = engine;
    }

    /** Fetches what is missing, and loads the model. */
    void begin() throws UnusableEngineException, InterruptedException {
        lock.lockInterruptibly();
        try {
            open();
        } finally {
            lock.unlock();
        }
    }

    private void open() throws UnusableEngineException, InterruptedException {
        boolean loaded = false;
        try {
            Path file = fetch();
            engine.become(workshop.gguf().load(workshop.store().llama(), file, settings));
            loaded = true;
        } catch (StoreException e) {
            throw told(e);
        } catch (UnusableEngineException e) {
            throw told(e);
        } finally {
            if (!loaded) {
                engine.fail();
            }
        }
    }

    private UnusableEngineException told(Exception e) {
        String where = name.equals(StoreModel.ENGINE) ? "" : "engines." + name + ": ";
        return new UnusableEngineException(where + e.getMessage(), e);
    }

    private Path fetch() throws StoreException, InterruptedException {
        Path file =
                switch (settings.source().orElse(null)) {
                    case null -> workshop.store().model();
                    case LlamaSettings.Source.Local(Path path) -> path;
                    case LlamaSettings.Source.Remote(URI address) ->
                            workshop.store().pull(address, settings.sums());
                };
        fetched = file;
        return file;
    }

    /** The engine's file; null where it is one to be fetched that was not had yet. */
    private @Nullable Path own() {
        return switch (settings.source().orElse(null)) {
            case null -> workshop.store().modelFile();
            case LlamaSettings.Source.Local(Path path) -> path;
            case LlamaSettings.Source.Remote _ -> fetched;
        };
    }

    private boolean isOwn(Path file) {
        Path own = own();
        return own != null && plain(own).equals(plain(file));
    }

    private static Path plain(Path file) {
        return file.toAbsolutePath().normalize();
    }

    @Override
    public List<Path> elsewhere() {
        Path own = own();
        return own == null ? List.of() : List.of(own);
    }

    @Override
    public boolean loaded(Path file) {
        return isOwn(file) && engine.loaded();
    }

    @Override
    public void load(String model, Path file, Call call) throws InterruptedException {
        if (!isOwn(file)) {
            throw Refusal.unsupportedValue(
                    "model",
                    "This engine runs one file, which is another; give this one an engine of its"
                            + " own in tandem.yaml.");
        }
        lock.lockInterruptibly();
        try {
            if (!engine.loaded()) {
                open();
            }
            awaitReady(call);
        } catch (UnusableEngineException e) {
            throw ApiError.of(EngineReasons.UPSTREAM_MISCONFIGURED, String.valueOf(e.getMessage()))
                    .toException();
        } finally {
            lock.unlock();
        }
    }

    /** With the lock, which an unload can have meanwhile. */
    private void awaitReady(Call call) throws InterruptedException {
        while (!engine.ready()) {
            call.check();
            if (!engine.loaded()) {
                throw LoadingEngine.away();
            }
            long _ = look.awaitNanos(LOOK);
        }
    }

    @Override
    public void unload(String model, Path file, Call call) throws InterruptedException {
        if (!isOwn(file)) {
            return;
        }
        lock.lockInterruptibly();
        try {
            engine.leave();
        } finally {
            lock.unlock();
        }
    }
}
