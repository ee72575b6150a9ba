package dev.tandem.runtime;

import dev.tandem.runtime.policy.AccessLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The lines of the access log while it is open, those of pages included. */
final class AccessLines implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static final Formatter FORMAT = new SimpleFormatter();

    private final Logger logger = Logger.getLogger(AccessLog.class.getName());
    private final Level before = logger.getLevel();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Keeper();

    AccessLines() {
        handler.setLevel(Level.ALL);
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
    }

    /** Waits for a line with this text. */
    String await(String text) {
        long limit = System.nanoTime() + PATIENCE;
        while (System.nanoTime() < limit) {
            for (String line : lines) {
                if (line.contains(text)) {
                    return line;
                }
            }
            LockSupport.parkNanos(1_000_000);
        }
        throw new AssertionError("no line with " + text + " in " + lines);
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setLevel(before);
    }

    private final class Keeper extends Handler {
        @Override
        public void publish(LogRecord logged) {
            lines.add(FORMAT.formatMessage(logged));
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
