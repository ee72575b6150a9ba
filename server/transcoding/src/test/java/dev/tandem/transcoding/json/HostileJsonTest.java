package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.DescriptorProtos.FileOptions;
import com.google.protobuf.DoubleValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Four mebibytes that are made to cost much. Bounds are in CPU time of the thread and in bytes that
 * it allocates, with room for a cold process.
 */
class HostileJsonTest {
    private static final int SIZE = 4 << 20;
    private static final long MOST_BYTES = 400L << 20;
    private static final long MOST_NANOS = 8_000_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final JsonCodecs codecs = new JsonCodecs(Profile.CONTRACT);

    @Test
    void deepArraysAreRefusedAtTheirHundredthLevel() {
        JsonException e = read(Struct.getDefaultInstance(), "{\"a\":" + "[".repeat(SIZE));

        assertThat(e.kind()).isEqualTo(JsonException.Kind.MALFORMED);
        assertThat(e.column()).isLessThan(200);
    }

    @Test
    void aKeyThatIsThereAHundredThousandTimesIsListedAHundredTimes() {
        StringBuilder json = new StringBuilder("{\"a\":1");
        while (json.length() < SIZE) {
            json.append(",\"a\":1");
        }

        JsonException e = read(Struct.getDefaultInstance(), json.append('}').toString());

        assertThat(e.violations()).hasSize(100);
        assertThat(e.count()).isGreaterThan(600_000);
        assertThat(e).hasMessageContaining("more)");
    }

    @Test
    void unknownFieldsAreCounted() {
        StringBuilder json = new StringBuilder("{\"x\":1");
        for (int i = 0; json.length() < SIZE; i++) {
            json.append(",\"").append(i).append("\":1");
        }

        JsonException e = read(FileOptions.getDefaultInstance(), json.append('}').toString());

        assertThat(e.violations()).hasSize(100);
        assertThat(e.count()).isGreaterThan(100_000);
    }

    @Test
    void keysOfOneHashAreNoFlood() {
        StringBuilder json = new StringBuilder("{\"x\":1");
        for (int i = 0; json.length() < SIZE; i++) {
            json.append(",\"").append(colliding(i)).append("\":1");
        }

        measured(() ->
                codecs.of(Struct.getDefaultInstance())
                        .read(json.append('}').toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void longNumbersAreNotExpanded() {
        JsonException digits = read(DoubleValue.getDefaultInstance(), "9".repeat(SIZE));
        JsonException exponent = read(DoubleValue.getDefaultInstance(), "1e999999999");

        assertThat(digits.getMessage()).hasSizeLessThan(300);
        assertThat(exponent.kind()).isEqualTo(JsonException.Kind.INVALID);
    }

    /** Strings whose hash codes are equal: "Aa" and "BB" are the smallest. */
    private static String colliding(int number) {
        StringBuilder text = new StringBuilder(40);
        for (int bit = 0; bit < 20; bit++) {
            text.append(((number >> bit) & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    private interface Reading {
        void read() throws JsonException;
    }

    private JsonException read(Message prototype, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return measured(() -> codecs.of(prototype).read(bytes));
    }

    private static JsonException measured(Reading reading) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long time = THREADS.getCurrentThreadCpuTime();
        JsonException e = catchThrowableOfType(JsonException.class, reading::read);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated).isLessThan(MOST_BYTES);
        assertThat(THREADS.getCurrentThreadCpuTime() - time).isLessThan(MOST_NANOS);
        return e;
    }
}
