package dev.tandem.llamacpp;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.tandem.llamacpp.natives.LlamaLibrary;
import dev.tandem.store.Progress;
import dev.tandem.store.Store;
import dev.tandem.store.StoreException;
import java.nio.file.Path;

/**
 * SmolLM2-135M-Instruct and the libraries of llama.cpp, from the program's own store, which fetches
 * what it lacks. Where it cannot, a test is skipped; with CI=true it fails.
 */
public final class RealFiles {
    private RealFiles() {}

    /** The libraries. */
    public static LlamaLibrary library() {
        return LlamaLibrary.open(fetch(Store::llama));
    }

    /** The model. */
    public static Path model() {
        return fetch(Store::model);
    }

    private interface Fetch {
        Path from(Store store) throws StoreException, InterruptedException;
    }

    private static Path fetch(Fetch fetch) {
        try {
            return fetch.from(Store.ofEnvironment(System.getenv(), Progress.silent()));
        } catch (StoreException e) {
            String message = String.valueOf(e.getMessage());
            return "true".equals(System.getenv("CI")) ? fail(message, e) : abort(message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail(e);
        }
    }
}
