package dev.tandem.engines;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Sink;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an engine lets an operator do with the models that it keeps. Only what {@link #abilities}
 * names is ever called. Every method may throw what those of {@link Engine} may.
 */
public interface ModelHost {
    /** Something that an operator can do. */
    enum Ability {
        /** Bring a model into memory, and take it out again. */
        LOAD,
        /** Fetch a model that is not there yet. */
        PULL
    }

    /**
     * A model that an engine keeps.
     *
     * @param name the engine's own
     * @param bytes its size where it lies; 0 where that is not known
     * @param loaded is it in memory?
     * @param changed when it came or was changed last; empty where that is not known
     */
    record Kept(String name, long bytes, boolean loaded, Optional<Instant> changed) {}

    /**
     * How far a fetch has come.
     *
     * @param stage what is being done, in a word or some of the engine's
     * @param done bytes of this stage that are there
     * @param total bytes of this stage; 0 where that is not known
     */
    record Progress(String stage, long done, long total) {}

    /** What it lets an operator do. */
    Set<Ability> abilities();

    /** The models that are there. */
    List<Kept> models(Call call) throws InterruptedException;

    /** Brings a model into memory; returns when it can answer. One that is loaded stays. */
    default void load(String model, Call call) throws InterruptedException {
        throw new UnsupportedOperationException("LOAD is none of its abilities");
    }

    /** Takes a model out of memory. One that is not loaded is left as it is. */
    default void unload(String model, Call call) throws InterruptedException {
        throw new UnsupportedOperationException("LOAD is none of its abilities");
    }

    /** Fetches a model; returns when it is whole and checked. Ends with the call. */
    default void pull(String model, Sink<Progress> progress, Call call)
            throws InterruptedException {
        throw new UnsupportedOperationException("PULL is none of its abilities");
    }

    /**
     * Fetches a model whose checksum is known; as {@link #pull(String, Sink, Call)}. A host that
     * checks what it fetches by means of its own refuses the checksum.
     *
     * @param sha256 what the file must have; 64 hexadecimal digits
     */
    default void pull(String model, String sha256, Sink<Progress> progress, Call call)
            throws InterruptedException {
        throw Refusal.unsupportedValue(
                "sha256", "This engine checks what it fetches by itself; leave it out.");
    }
}
