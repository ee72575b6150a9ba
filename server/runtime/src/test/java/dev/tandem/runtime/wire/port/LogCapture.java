package dev.tandem.runtime.wire.port;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;

/** What is logged at WARNING and above while it is open. */
public final class LogCapture implements AutoCloseable {
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Keeper();

    public static LogCapture start() {
        LogCapture capture = new LogCapture();
        capture.handler.setLevel(Level.WARNING);
        Logger.getLogger("").addHandler(capture.handler);
        return capture;
    }

    /** The messages with their stack traces. */
    public String text() {
        return records.stream().map(LogCapture::text).collect(Collectors.joining("\n"));
    }

    private static String text(LogRecord logged) {
        StringWriter text = new StringWriter();
        text.append(logged.getLoggerName())
                .append(": ")
                .append(new SimpleFormatter().formatMessage(logged))
                .append('\n');
        if (logged.getThrown() != null) {
            logged.getThrown().printStackTrace(new PrintWriter(text));
        }
        return text.toString();
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(handler);
    }

    private final class Keeper extends Handler {
        @Override
        public void publish(LogRecord logged) {
            if (isLoggable(logged)) {
                records.add(logged);
            }
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
