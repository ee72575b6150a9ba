package dev.tandem.upstream.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final EventLimits SMALL = new EventLimits(1 << 10, 2 << 10);

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesEndInThreeWays(String end) throws IOException {
        assertThat(read("data: a" + end + end + "data: b" + end + end + "data: [DONE]" + end + end))
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void theSameHoldsByteByByte(String end) throws IOException {
        String text =
                ": hello"
                        + end
                        + end
                        + "data: ü"
                        + end
                        + "data: b"
                        + end
                        + end
                        + "data:[DONE]"
                        + end
                        + end;
        InputStream slowly = new OneByOne(text.getBytes(StandardCharsets.UTF_8));

        assertThat(readAll(new EventReader(slowly, SMALL, "[DONE]"))).containsExactly("ü\nb");
    }

    @Test
    void aReturnEndsALineWithoutWaitingForTheNextByte() throws IOException {
        InputStream in = new FailingAtEnd("data: a\r\r");

        ServerEvent event = new EventReader(in, SMALL, "[DONE]").next();

        assertThat(event).extracting(ServerEvent::text).isEqualTo("a");
    }

    @Test
    void commentsAndOtherFieldsArePassedOver() throws IOException {
        assertThat(read(": ping\n\nid: 7\nretry: 10\ndata: a\nwhatever\n\n:\n\ndata: [DONE]\n\n"))
                .containsExactly("a");
    }

    @Test
    void linesOfDataAreJoined() throws IOException {
        assertThat(read("data: a\ndata\ndata:  b\n\ndata: [DONE]\n\n")).containsExactly("a\n\n b");
    }

    @Test
    void anEventHasItsNameAndTheNextHasNot() throws IOException {
        EventReader reader = reader("event: error\ndata: a\n\nevent: x\n\ndata: b\n\n");

        assertThat(reader.next()).extracting(ServerEvent::name).isEqualTo("error");
        assertThat(reader.next()).extracting(ServerEvent::name).isEqualTo("");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        assertThat(read("\uFEFFdata: a\n\ndata: [DONE]\n\n")).containsExactly("a");
    }

    @Test
    void longLinesAreReadUpToTheLimit() throws IOException {
        String most = "x".repeat(1024 - "data: ".length());

        assertThat(read("data: " + most + "\n\ndata: [DONE]\n\n")).containsExactly(most);
        breaks("data: " + most + "y\n\n", "longer than 1024 bytes");
    }

    @Test
    void aLineWithoutEndIsNotCollected() {
        InputStream endless = new Endless();

        assertThatExceptionOfType(BrokenStreamException.class)
                .isThrownBy(() -> new EventReader(endless, EventLimits.DEFAULT, "[DONE]").next())
                .withMessageContaining("longer than 1048576 bytes");
    }

    @Test
    void anEventOfManyLinesIsBounded() {
        breaks(("data: " + "x".repeat(500) + "\n").repeat(5) + "\n", "larger than 2048 bytes");
    }

    @Test
    void theEndWithoutItsMarkIsAnError() {
        breaks("data: a\n\n", "without its end mark");
        breaks("data: a\n\ndata: [DONE]", "without its end mark");
        breaks("", "without its end mark");
    }

    @Test
    void bytesThatAreNotUtf8AreAnError() {
        byte[] broken = "data: x\n\n".getBytes(StandardCharsets.UTF_8);
        broken[6] = (byte) 0xC3;

        assertThatExceptionOfType(BrokenStreamException.class)
                .isThrownBy(() ->
                        readAll(new EventReader(new ByteArrayInputStream(broken), SMALL, "[DONE]")))
                .withMessageContaining("not UTF-8");
    }

    @Test
    void manyEventsGoThroughOneBuffer() throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String data = "n".repeat(i % 900) + i;
            expected.add(data);
            text.append("data: ").append(data).append("\n\n");
        }

        assertThat(read(text + "data: [DONE]\n\n")).isEqualTo(expected);
    }

    private static EventReader reader(String text) {
        return new EventReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), SMALL, "[DONE]");
    }

    private static List<String> read(String text) throws IOException {
        return readAll(reader(text));
    }

    private static List<String> readAll(EventReader reader) throws IOException {
        List<String> all = new ArrayList<>();
        for (ServerEvent event = reader.next(); event != null; event = reader.next()) {
            all.add(event.text());
        }
        return all;
    }

    private static void breaks(String text, String why) {
        assertThatExceptionOfType(BrokenStreamException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining(why);
    }

    private static final class OneByOne extends ByteArrayInputStream {
        OneByOne(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
        }
    }

    /** Where more is asked for than there is, the test has failed: a socket would wait. */
    private static final class FailingAtEnd extends InputStream {
        private final InputStream in;

        FailingAtEnd(String text) {
            in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            if (next < 0) {
                throw new IllegalStateException("waits for more");
            }
            return next;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            target[offset] = (byte) read();
            return 1;
        }
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            java.util.Arrays.fill(target, offset, offset + length, (byte) 'x');
            return length;
        }
    }
}
