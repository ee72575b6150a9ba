package dev.tandem.transcoding.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.test.v1.Open;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The buffer that framing and values share. */
class JsonBufferTest {
    @Test
    void framesValuesForAnEventStream() {
        JsonCodec codec = new JsonCodecs(Profile.CONTRACT).of(Open.getDefaultInstance());
        JsonBuffer out = new JsonBuffer();
        for (int i = 0; i < 2; i++) {
            out.raw("data: ".getBytes(StandardCharsets.UTF_8));
            codec.write(Open.newBuilder().setKnown(i).build(), out);
            out.raw("\n\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(out.toString()).isEqualTo("data: {\"known\":0}\n\ndata: {\"known\":1}\n\n");
        assertThat(out.toByteArray()).hasSize(out.length());
    }

    @Test
    void keepsItsArrayButGivesBackALargeOne() {
        JsonBuffer out = new JsonBuffer();
        out.raw(new byte[10_000]);
        byte[] grown = out.array();
        assertThat(out.reset().array()).isSameAs(grown);
        out.raw(new byte[1_000_000]);
        assertThat(out.reset().array().length).isLessThan(10_000);
        assertThat(out.length()).isZero();
    }

    @Test
    void escapesOnlyWhatJsonDemands() {
        JsonBuffer out = new JsonBuffer();
        out.string("a\"\\/\b\f\n\r\t\u0001\u007f\u2028é日👍\ud800x\udc00");
        assertThat(out.toString())
                .isEqualTo(
                        "\"a\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0001\u007f\u2028é日👍\ufffdx\ufffd\",");
    }

    @Test
    void encodesLongTextWherePairsFallOnTheSeams() {
        for (int length = 505; length < 520; length++) {
            String text = "x".repeat(length) + "👍\"é".repeat(600);
            JsonBuffer out = new JsonBuffer();
            out.string(text);
            assertThat(out.toString()).isEqualTo('"' + text.replace("\"", "\\\"") + "\",");
        }
    }
}
