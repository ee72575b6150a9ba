package dev.tandem.gateway.admin;

import dev.tandem.runtime.call.Call;
import java.nio.file.Path;
import java.util.List;

/** Where the models of the store live while they answer: whoever opens and closes engines. */
public interface Residence {
    /** Files outside of the store that it loads and unloads; each is named by its whole path. */
    default List<Path> elsewhere() {
        return List.of();
    }

    /** Is the model of this file in memory? Cheap. */
    boolean loaded(Path file);

    /**
     * Brings it into memory; returns when it can answer. One that is loaded stays. May throw what
     * engines' methods may.
     *
     * @param model the store's name of the file
     */
    void load(String model, Path file, Call call) throws InterruptedException;

    /**
     * Takes it out of memory; its running calls end with an error. One that is not loaded is left.
     */
    void unload(String model, Path file, Call call) throws InterruptedException;
}
