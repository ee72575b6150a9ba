package dev.tandem.remote.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutputLinesTest {
    private final Logger log = Logger.getLogger(OutputLines.class.getName());
    private final List<String> written = new ArrayList<>();
    private final Handler handler =
            new Handler() {
                private final SimpleFormatter words = new SimpleFormatter();

                @Override
                public void publish(LogRecord record) {
                    written.add(words.formatMessage(record));
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        log.addHandler(handler);
    }

    @AfterEach
    void leave() {
        log.removeHandler(handler);
    }

    private static void print(String text) throws Exception {
        new OutputLines("smol", line -> line.equals("meant for us"))
                .readAll(new StringReader(text));
    }

    @Test
    void linesAreWrittenUnderTheName() throws Exception {
        print("one {0}\r\n\nmeant for us\n\u001b[31mtwo");

        assertThat(written).containsExactly("smol: one {0}", "smol: [31mtwo");
    }

    @Test
    void aLineIsCut() throws Exception {
        print("x".repeat(1_000_000) + "\nnext\n");

        assertThat(written).hasSize(2);
        assertThat(written.getFirst()).hasSizeLessThan(2_100).endsWith("…");
        assertThat(written.getLast()).isEqualTo("smol: next");
    }

    @Test
    void aFloodIsCounted() throws Exception {
        print("line\n".repeat(10_000));

        assertThat(written).hasSizeLessThan(1_000);
        assertThat(written.getLast()).matches("smol: [0-9,.]+ further lines are left out");
    }
}
