package dev.tandem.gateway.config.source;

import dev.tandem.store.Machine;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that settings are read from.
 *
 * @param flags those of the command line, with their hyphens: {@code --port}
 * @param environment the variables of the process
 * @param folder the working directory, absolute: {@code .env} is looked for here
 * @param machine what defaults depend on
 * @param file the file that {@code --config} names, or null
 */
public record Inputs(
        Map<String, String> flags,
        Map<String, String> environment,
        Path folder,
        Machine machine,
        @Nullable Path file) {

    /** Keeps copies. */
    public Inputs {
        flags = Map.copyOf(flags);
        environment = Map.copyOf(environment);
    }

    /** Those of this process, without a command line. */
    public static Inputs ofProcess() {
        return new Inputs(
                Map.of(), System.getenv(), Path.of("").toAbsolutePath(), Machine.here(), null);
    }

    /** The same with flags. */
    public Inputs withFlags(Map<String, String> given) {
        return new Inputs(given, environment, folder, machine, file);
    }

    /** The same with the file that {@code --config} names. */
    public Inputs withFile(@Nullable Path named) {
        return new Inputs(flags, environment, folder, machine, named);
    }

    /** Without values, which may be secrets. */
    @Override
    public String toString() {
        return "Inputs[" + flags.keySet() + ", " + folder + "]";
    }
}
