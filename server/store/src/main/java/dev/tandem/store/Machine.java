package dev.tandem.store;

import java.nio.file.Path;

/**
 * What defaults depend on.
 *
 * @param system the value of {@code os.name}
 * @param architecture the value of {@code os.arch}
 * @param userHome the user's own folder
 * @param processors how many there are for this process
 */
public record Machine(String system, String architecture, Path userHome, int processors) {

    /** The machine that this runs on. */
    public static Machine here() {
        return new Machine(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Path.of(System.getProperty("user.home")),
                Runtime.getRuntime().availableProcessors());
    }

    /** Is it macOS? */
    public boolean mac() {
        return system.startsWith("Mac");
    }

    /** Is it Windows? */
    public boolean windows() {
        return system.startsWith("Windows");
    }
}
