package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import java.util.HashMap;
import java.util.Map;

/**
 * What the log tells.
 *
 * @param format of its lines
 * @param level of the program's own lines
 * @param levels of single loggers, by their names
 */
public record LoggingSection(Format format, Level level, Map<String, Level> levels) {
    private static final String OWN = "dev.tandem";

    /** The form of the log's lines. */
    public enum Format {
        /** Text on a terminal, JSON elsewhere. */
        AUTO,
        /** For people. */
        TEXT,
        /** An object a line. */
        JSON
    }

    /** From which weight on lines are written. */
    public enum Level {
        /** None. */
        OFF,
        /** What failed. */
        ERROR,
        /** What somebody should look at. */
        WARNING,
        /** A line for each call, and what the program does. */
        INFO,
        /** For who looks for a fault. */
        DEBUG,
        /** All there is. */
        TRACE
    }

    private static final Key<Format> FORMAT =
            Key.of(
                            "format",
                            Types.oneOf(Format.class),
                            "The form of the log's lines: text on a terminal and JSON elsewhere, unless"
                                    + " told.")
                    .variable("TANDEM_LOG_FORMAT")
                    .fallback(Format.AUTO)
                    .whileRunning();

    private static final Key<Level> LEVEL =
            Key.of(
                            "level",
                            Types.oneOf(Level.class),
                            "The least weight of the program's own lines in the log; `info` has a"
                                    + " line for each call, `debug` one for pages and probes too.")
                    .variable("TANDEM_LOG_LEVEL")
                    .fallback(Level.INFO)
                    .whileRunning();

    private static final Key<Map<String, Level>> LEVELS =
            Key.of(
                            "levels",
                            Types.map(
                                    "names of loggers, as they stand in the log",
                                    "[A-Za-z_][A-Za-z0-9_.$]*",
                                    Types.oneOf(Level.class)),
                            "The same for single loggers and those below them, by the names in the"
                                    + " log. Others than the program's own tell warnings.")
                    .variable("TANDEM_LOG_LEVELS")
                    .fallback(Map.of())
                    .example("{dev.tandem.runtime.policy.AccessLog: warning, io.helidon: debug}")
                    .whileRunning();

    /** Its place in the file. */
    public static final Section<LoggingSection> SECTION =
            Section.of(
                    "logging",
                    "What the log tells. Where Java is given `java.util.logging.config.file`, that file"
                            + " decides and these keys do nothing.",
                    LoggingSection::read,
                    FORMAT,
                    LEVEL,
                    LEVELS);

    /** Keeps a copy. */
    public LoggingSection {
        levels = Map.copyOf(levels);
    }

    /** The level of each logger that has one of its own. */
    public Map<String, java.util.logging.Level> ofLoggers() {
        Map<String, java.util.logging.Level> all = new HashMap<>();
        all.put(OWN, platform(level));
        levels.forEach((name, own) -> all.put(name, platform(own)));
        return all;
    }

    private static java.util.logging.Level platform(Level level) {
        return switch (level) {
            case OFF -> java.util.logging.Level.OFF;
            case ERROR -> java.util.logging.Level.SEVERE;
            case WARNING -> java.util.logging.Level.WARNING;
            case INFO -> java.util.logging.Level.INFO;
            case DEBUG -> java.util.logging.Level.FINE;
            case TRACE -> java.util.logging.Level.FINER;
        };
    }

    private static LoggingSection read(Values in) {
        return new LoggingSection(in.get(FORMAT), in.get(LEVEL), in.get(LEVELS));
    }
}
