package dev.tandem.gateway;

import dev.tandem.llamacpp.LlamaEngine;
import dev.tandem.llamacpp.loop.ModelOptions;
import dev.tandem.llamacpp.natives.LlamaLibrary;
import dev.tandem.store.Progress;
import dev.tandem.store.Store;
import dev.tandem.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import org.opentest4j.TestAbortedException;

/**
 * The default model, fetched where it is missing. Where that cannot be, a test is skipped; with
 * CI=true it fails.
 */
final class RealFiles {
    private RealFiles() {}

    /** The default model, loaded small. */
    static LlamaEngine engine() throws InterruptedException {
        Store store = store();
        try {
            ModelOptions options = ModelOptions.defaults().withContextPerSlot(1_024).withSlots(2);
            return LlamaEngine.load(
                    LlamaLibrary.open(store.llama()), store.model(), options, Clock.systemUTC());
        } catch (StoreException e) {
            throw missing(e);
        }
    }

    /** The folder with llama.cpp's library. */
    static Path llama() throws InterruptedException {
        try {
            return store().llama();
        } catch (StoreException e) {
            throw missing(e);
        }
    }

    /** The default model's file. */
    static Path model() throws InterruptedException {
        try {
            return store().model();
        } catch (StoreException e) {
            throw missing(e);
        }
    }

    /** Makes sure that a program that is started now finds the files. */
    static void require() throws InterruptedException {
        try {
            store().llama();
            store().model();
        } catch (StoreException e) {
            throw missing(e);
        }
    }

    private static Store store() {
        return Store.ofEnvironment(System.getenv(), Progress.silent());
    }

    private static RuntimeException missing(StoreException e) {
        String message = String.valueOf(e.getMessage());
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message, e);
        }
        return new TestAbortedException(message, e);
    }
}
