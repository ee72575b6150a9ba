package dev.tandem.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineFormatterTest {
    private static final DateTimeFormatter EXPECTED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT);

    private final LineFormatter formatter = new LineFormatter();

    @Test
    void aRecordIsOneLineWithTimeLevelLoggerAndMessage() {
        LogRecord record = record("2026-11-21T20:49:04.123456Z", "call=Echo status=200");

        assertThat(formatter.format(record))
                .isEqualTo(
                        time(record)
                                + " INFO dev.tandem.Test call=Echo status=200"
                                + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({
        "SEVERE, ERROR",
        "WARNING, WARNING",
        "INFO, INFO",
        "CONFIG, INFO",
        "FINE, DEBUG",
        "FINER, TRACE",
        "FINEST, TRACE"
    })
    void levelsHaveTheNamesOfTheSettings(String level, String name) {
        LogRecord record = record("2026-11-21T20:49:04Z", "m");
        record.setLevel(Level.parse(level));

        assertThat(formatter.format(record)).contains(" " + name + " dev.tandem.Test");
        assertThat(new JsonFormatter().format(record)).contains("\"level\":\"" + name + "\"");
    }

    @Test
    void millisecondsHaveThreeDigits() {
        for (String fraction : new String[] {"000", "007", "042", "999"}) {
            LogRecord record = record("2026-11-21T20:49:04." + fraction + "Z", "m");

            assertThat(formatter.format(record)).startsWith(time(record) + " ");
        }
    }

    @Test
    void aLaterAndAnEarlierSecondHaveTheirOwnTime() {
        for (String instant :
                new String[] {
                    "2026-11-21T20:49:04.1Z", "2026-11-21T20:50:59.2Z", "2026-11-21T20:49:04.3Z"
                }) {
            LogRecord record = record(instant, "m");

            assertThat(formatter.format(record)).startsWith(time(record) + " ");
        }
    }

    @Test
    void parametersAreFilledInAsTheLogApiSays() {
        LogRecord record = record("2026-11-21T20:49:04Z", "port {0}");
        record.setParameters(new Object[] {"8080"});

        assertThat(formatter.format(record)).contains(" port 8080");
    }

    @Test
    void anExceptionFollowsWithItsTrace() {
        LogRecord record = record("2026-11-21T20:49:04Z", "it failed");
        record.setThrown(new IllegalStateException("broken"));

        assertThat(formatter.format(record).lines())
                .satisfies(lines -> {
                    assertThat(lines.get(0)).endsWith(" it failed");
                    assertThat(lines.get(1)).isEqualTo("  java.lang.IllegalStateException: broken");
                    assertThat(lines.get(2)).startsWith("    at ");
                });
    }

    private static LogRecord record(String instant, String message) {
        LogRecord record = new LogRecord(Level.INFO, message);
        record.setLoggerName("dev.tandem.Test");
        record.setInstant(Instant.parse(instant));
        return record;
    }

    private static String time(LogRecord record) {
        return EXPECTED.format(record.getInstant().atZone(ZoneId.systemDefault()));
    }
}
