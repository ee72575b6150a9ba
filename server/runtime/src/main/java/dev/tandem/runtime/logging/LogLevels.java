package dev.tandem.runtime.logging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The levels of loggers, which can be changed while the program runs. Keeps a hold on the loggers,
 * which would forget their levels otherwise. Safe for use by any thread.
 */
public final class LogLevels {
    private final Map<String, Logger> set = new LinkedHashMap<>();

    /** None so far. */
    public LogLevels() {}

    /** From now on these levels count; loggers that had one before have that of their parent. */
    public synchronized void apply(Map<String, Level> levels) {
        set.forEach((name, logger) -> {
            if (!levels.containsKey(name)) {
                logger.setLevel(null);
            }
        });
        set.keySet().retainAll(levels.keySet());
        levels.forEach(
                (name, level) -> set.computeIfAbsent(name, Logger::getLogger).setLevel(level));
    }
}
