package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.LoggingSection;
import dev.tandem.runtime.logging.JsonFormatter;
import dev.tandem.runtime.logging.LineFormatter;
import dev.tandem.runtime.logging.LogLevels;
import io.helidon.logging.common.spi.LoggingProvider;
import java.io.IOException;
import java.io.InputStream;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Sets the log up, unless the user did so with {@code java.util.logging.config.file}; and keeps
 * Helidon, which asks for a provider, from doing it again.
 */
public final class Logging implements LoggingProvider {
    /** Of the whole process, as the platform's loggers are. */
    private static final LogLevels LEVELS = new LogLevels();

    /** Has the user not set the log up? */
    static boolean isOwn() {
        return System.getProperty("java.util.logging.config.file") == null;
    }

    static void begin() throws CommandException {
        if (!isOwn()) {
            return;
        }
        try (InputStream settings = Logging.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException e) {
            throw new CommandException("The log cannot be set up: " + e.getMessage(), e);
        }
    }

    /**
     * Gives the log the form and the levels that the settings say; the user's own configuration
     * stays as it is.
     *
     * @param terminal does a terminal show what is said?
     */
    static void apply(LoggingSection settings, boolean terminal) {
        if (!isOwn()) {
            return;
        }
        boolean json =
                switch (settings.format()) {
                    case AUTO -> !terminal;
                    case TEXT -> false;
                    case JSON -> true;
                };
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(json ? new JsonFormatter() : new LineFormatter());
        }
        LEVELS.apply(settings.ofLoggers());
    }

    @Override
    public void initialization() {}

    @Override
    public void runTime() {}
}
