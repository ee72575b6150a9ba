package dev.tandem.runtime.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FrameCollectorTest {
    private final FrameCollector collector = new FrameCollector();

    private List<byte[]> feed(byte[] bytes) {
        List<byte[]> frames = new ArrayList<>();
        collector.add(bytes);
        for (byte[] next = collector.next(); next != null; next = collector.next()) {
            frames.add(next);
        }
        return frames;
    }

    @Test
    void framesComeOutAsTheyWereHoweverTheyAreCut() {
        SplittableRandom random = new SplittableRandom(7);
        List<byte[]> sent = new ArrayList<>(List.of(Frames.preface()));
        var all = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < 200; i++) {
            byte[] payload = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(500)];
            random.nextBytes(payload);
            sent.add(Frames.frame(i % 10, 0, i, payload));
        }
        sent.forEach(all::writeBytes);
        byte[] bytes = all.toByteArray();
        List<byte[]> got = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, random.nextInt(1, 700));
            got.addAll(feed(java.util.Arrays.copyOfRange(bytes, at, at + length)));
            at += length;
        }
        assertThat(got).hasSameSizeAs(sent);
        for (int i = 0; i < sent.size(); i++) {
            assertThat(got.get(i)).isEqualTo(sent.get(i));
        }
    }

    @Test
    void anythingButThePrefaceIsRefused() {
        byte[] wrong = Frames.preface();
        wrong[23] = 'x';
        assertThatThrownBy(() -> feed(wrong)).isInstanceOf(ConnectionError.class);
    }

    @Test
    void aFrameAboveTheLimitIsRefusedBeforeItsPayloadComes() {
        feed(Frames.preface());
        byte[] header = new byte[Frames.HEADER];
        Frames.putHeader(header, 0, Frames.MAX_PAYLOAD + 1, Frames.DATA, 0, 1);
        assertThatThrownBy(() -> feed(header)).isInstanceOf(ConnectionError.class);
    }
}
