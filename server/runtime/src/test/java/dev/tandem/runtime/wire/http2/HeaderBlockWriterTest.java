package dev.tandem.runtime.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeaderBlockWriterTest {
    private final HeaderBlockWriter blocks = new HeaderBlockWriter();

    private static byte[] frame(int type, int flags, int... payload) {
        byte[] bytes = new byte[payload.length];
        for (int i = 0; i < payload.length; i++) {
            bytes[i] = (byte) payload[i];
        }
        return Frames.frame(type, flags, 1, bytes);
    }

    private static byte[] join(byte[]... frames) {
        var all = new java.io.ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }

    @Test
    void aShortBlockPassesAsItIs() {
        byte[] only = frame(Frames.HEADERS, Frames.END_HEADERS, 1, 2);
        assertThat(blocks.add(only)).isEqualTo(only);
    }

    @Test
    void aLongBlockComesOutInOnePiece() {
        byte[] first = frame(Frames.HEADERS, 0, 1);
        byte[] second = frame(Frames.CONTINUATION, 0, 2);
        byte[] last = frame(Frames.CONTINUATION, Frames.END_HEADERS, 3);
        assertThat(blocks.add(first)).isNull();
        assertThat(blocks.add(second)).isNull();
        assertThat(blocks.add(last)).isEqualTo(join(first, second, last));
    }

    @Test
    void aLastFragmentWrittenTwiceIsSentOnce() {
        byte[] first = frame(Frames.HEADERS, 0, 1);
        byte[] last = frame(Frames.CONTINUATION, 0, 2);
        byte[] again = frame(Frames.CONTINUATION, Frames.END_HEADERS, 2);
        assertThat(blocks.add(first)).isNull();
        assertThat(blocks.add(last)).isNull();
        assertThat(blocks.add(again)).isEqualTo(join(first, again));
    }

    @Test
    void aBlockFollowsAnother() {
        byte[] first = frame(Frames.HEADERS, 0, 1);
        byte[] last = frame(Frames.CONTINUATION, Frames.END_HEADERS, 2);
        assertThat(blocks.add(first)).isNull();
        assertThat(blocks.add(last)).hasSize(20);
        assertThat(blocks.add(first)).isNull();
        assertThat(blocks.add(last)).isEqualTo(join(first, last));
    }
}
