package dev.tandem.runtime.logging;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * A line for each record: {@code 2026-11-21T20:49:04.123+0000 INFO logger message}, in the
 * machine's time zone; an exception's trace follows on indented lines. Control characters of a
 * message are escaped, so that no text of a caller's can begin a line. To be named in a logging
 * configuration as the handler's formatter.
 *
 * <p>{@link java.util.logging.SimpleFormatter} looks for the caller's class on the stack for every
 * record, whether its format asks for it or not, and reads its format anew: with a line for each
 * call that was most of what a unary call cost.
 */
public final class LineFormatter extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("Z", Locale.ROOT);
    private static final int NANOS_A_MILLI = 1_000_000;

    /** What the lines of one second have in common. */
    private record Second(long number, String time, String zone) {
        static Second of(Instant instant) {
            ZonedDateTime local = instant.atZone(ZoneId.systemDefault());
            return new Second(instant.getEpochSecond(), TIME.format(local), ZONE.format(local));
        }
    }

    private volatile Second second = Second.of(Instant.EPOCH);

    /** For all threads. */
    public LineFormatter() {}

    @Override
    public String format(LogRecord record) {
        Instant instant = record.getInstant();
        Second current = second;
        if (current.number != instant.getEpochSecond()) {
            current = Second.of(instant);
            second = current;
        }
        int millis = instant.getNano() / NANOS_A_MILLI;
        StringBuilder line = new StringBuilder(256);
        line.append(current.time).append(millis < 10 ? ".00" : millis < 100 ? ".0" : ".");
        line.append(millis).append(current.zone).append(' ');
        line.append(Records.level(record)).append(' ');
        line.append(record.getLoggerName()).append(' ');
        LogLine fields = Records.fields(record);
        if (fields == null) {
            Escapes.sentence(line, String.valueOf(formatMessage(record)));
        } else {
            fields.text(line);
        }
        line.append(System.lineSeparator());
        if (record.getThrown() != null) {
            Records.trace(record.getThrown())
                    .lines()
                    .forEach(step -> {
                        line.append("  ");
                        Escapes.sentence(line, step.replace("\t", "  "));
                        line.append(System.lineSeparator());
                    });
        }
        return line.toString();
    }
}
