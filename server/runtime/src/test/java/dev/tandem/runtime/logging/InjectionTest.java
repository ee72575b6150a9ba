package dev.tandem.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever callers write, a record of the log is one line, and says what was said. */
class InjectionTest {
    @Property
    void aFieldStaysWithinItsLineOfText(@ForAll("hostile") String text) {
        String line = new LineFormatter().format(fields(text));

        assertOneLine(line);
        assertThat(line)
                .matches("[^\"]* model=(\"([^\"\\\\]|\\\\.)*\"|[^\" ]+) status=200 last=true\\R");
    }

    @Property
    void aFieldComesBackOutOfJson(@ForAll("hostile") String text) {
        String line = new JsonFormatter().format(fields(text));

        assertOneLine(line);
        JsonObject json = parse(line);
        assertThat(json.getString("model")).isEqualTo(text);
        assertThat(json.getInt("status")).isEqualTo(200);
        assertThat(json.keySet())
                .containsExactly("time", "level", "logger", "model", "status", "last");
    }

    @Property
    void aSentenceIsOneLine(@ForAll("hostile") String text) {
        assertOneLine(new LineFormatter().format(sentence(text)));
        String line = new JsonFormatter().format(sentence(text));
        assertOneLine(line);
        assertThat(parse(line).getString("message")).isEqualTo(text);
    }

    @Property
    void aTraceBeginsNoLineOfItsOwn(@ForAll("hostile") String text) {
        LogRecord record = sentence("it failed");
        record.setThrown(new IllegalStateException(text));

        String lines = new LineFormatter().format(record);

        assertThat(lines.lines().skip(1)).allMatch(line -> line.startsWith("  "));
        assertThat(lines.replace(System.lineSeparator(), "")).doesNotContainPattern("\\p{Cntrl}");
        assertOneLine(new JsonFormatter().format(record));
    }

    @Example
    void anOrdinaryFieldNeedsNoQuotes() {
        LogLine line = new LogLine().add("model", "tiny").add("left_out", null).add("n", 3L);

        assertThat(line).hasToString("model=tiny n=3");
        assertThat(new LogLine().add("model", "my model")).hasToString("model=\"my model\"");
        assertThat(new LogLine().add("model", "Größe 😀")).hasToString("model=\"Größe 😀\"");
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(40);
        Arbitrary<String> known =
                Arbitraries.of(
                        "a\n2026-11-21T20:49:04.123+0000 SEVERE forged=1",
                        "a\r\nforged=1",
                        "a forged=1",
                        "\" forged=\"1",
                        "\\\" forged=1",
                        "\u2028forged=1",
                        "\u0085forged=1",
                        "\u001b[2Jforged=1",
                        "\u202eforged=1",
                        "\ud800",
                        "\",\"status\":1,\"x\":\"");
        return Arbitraries.oneOf(
                any.filter(InjectionTest::whole), known.filter(InjectionTest::whole));
    }

    /** Half a character cannot come back: no encoding has it. */
    private static boolean whole(String text) {
        return java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static void assertOneLine(String line) {
        assertThat(line).endsWith(System.lineSeparator());
        String text = line.substring(0, line.length() - System.lineSeparator().length());
        assertThat(text)
                .doesNotContainPattern("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e]");
    }

    private static JsonObject parse(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }

    private static LogRecord fields(String text) {
        LogRecord record = new LogRecord(Level.INFO, "{0}");
        record.setLoggerName("dev.tandem.Test");
        record.setParameters(
                new Object[] {
                    new LogLine().add("model", text).add("status", 200).add("last", true)
                });
        return record;
    }

    private static LogRecord sentence(String text) {
        LogRecord record = new LogRecord(Level.INFO, text);
        record.setLoggerName("dev.tandem.Test");
        return record;
    }
}
