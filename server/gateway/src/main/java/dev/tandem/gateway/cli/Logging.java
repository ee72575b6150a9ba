package dev.tandem.gateway.cli;

import io.helidon.logging.common.spi.LoggingProvider;
import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/**
 * Sets the log up, unless the user did so with {@code java.util.logging.config.file}; and keeps
 * Helidon, which asks for a provider, from doing it again.
 */
public final class Logging implements LoggingProvider {

    static void begin() throws CommandException {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (InputStream settings = Logging.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException e) {
            throw new CommandException("The log cannot be set up: " + e.getMessage(), e);
        }
    }

    @Override
    public void initialization() {}

    @Override
    public void runTime() {}
}
