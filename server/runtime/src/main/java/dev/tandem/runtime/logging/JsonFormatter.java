package dev.tandem.runtime.logging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * A JSON object on a line for each record: {@code time} (UTC), {@code level}, {@code logger}, and
 * the fields of a {@link LogLine} or {@code message}; {@code exception} has the trace of what was
 * thrown. To be named in a logging configuration as the handler's formatter.
 */
public final class JsonFormatter extends Formatter {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final int NANOS_A_MILLI = 1_000_000;

    private record Second(long number, String time) {}

    private volatile Second second = new Second(Long.MIN_VALUE, "");

    /** For all threads. */
    public JsonFormatter() {}

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(512);
        line.append("{\"time\":\"");
        time(line, record.getInstant());
        line.append("\",\"level\":\"").append(Records.level(record));
        line.append("\",\"logger\":");
        Escapes.quote(line, String.valueOf(record.getLoggerName()));
        LogLine fields = Records.fields(record);
        if (fields == null) {
            line.append(",\"message\":");
            Escapes.quote(line, String.valueOf(formatMessage(record)));
        } else {
            fields.json(line);
        }
        if (record.getThrown() != null) {
            line.append(",\"exception\":");
            Escapes.quote(line, Records.trace(record.getThrown()));
        }
        return line.append('}').append(System.lineSeparator()).toString();
    }

    private void time(StringBuilder line, Instant instant) {
        Second current = second;
        if (current.number != instant.getEpochSecond()) {
            current = new Second(instant.getEpochSecond(), SECONDS.format(instant));
            second = current;
        }
        int millis = instant.getNano() / NANOS_A_MILLI;
        line.append(current.time).append(millis < 10 ? ".00" : millis < 100 ? ".0" : ".");
        line.append(millis).append('Z');
    }
}
