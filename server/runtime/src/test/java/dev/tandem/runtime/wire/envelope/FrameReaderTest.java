package dev.tandem.runtime.wire.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.ApiException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final int LIMIT = 4 << 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 5_000, 32_768})
    void anySplitGivesTheSameMessages(int largest) throws Exception {
        Random random = new Random(largest);
        List<byte[]> messages = new ArrayList<>();
        byte[] all = {};
        for (int i = 0; i < 40; i++) {
            byte[] message = new byte[random.nextInt(3) * random.nextInt(2_000)];
            random.nextBytes(message);
            messages.add(message);
            all = Raw.join(all, Raw.frame(i % 2, message));
        }
        Queue<byte[]> chunks = new ArrayDeque<>();
        for (int at = 0; at < all.length; ) {
            int end = Math.min(all.length, at + 1 + random.nextInt(largest));
            chunks.add(Arrays.copyOfRange(all, at, end));
            at = end;
        }
        FrameReader reader = reader(chunks);
        for (int i = 0; i < messages.size(); i++) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.compressed()).isEqualTo(i % 2 == 1);
            assertThat(message(reader)).isEqualTo(messages.get(i));
        }
        assertThat(reader.next()).isFalse();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void holdsNoMoreThanTwiceWhatCame() throws Exception {
        byte[] frame = Raw.frame(0, new byte[LIMIT]);
        AtomicInteger at = new AtomicInteger();
        FrameReader[] reader = new FrameReader[1];
        reader[0] =
                new FrameReader(
                        () -> {
                            int from = at.get();
                            assertThat(reader[0].array().length).isLessThanOrEqualTo(2 * from);
                            int to = at.updateAndGet(n -> Math.min(frame.length, n + 10_000));
                            return Arrays.copyOfRange(frame, from, to);
                        },
                        LIMIT);
        assertThat(reader[0].next()).isTrue();
        assertThat(reader[0].size()).isEqualTo(LIMIT);
    }

    @Test
    void whatFailedFailsAgain() {
        Queue<byte[]> chunks =
                new ArrayDeque<>(
                        List.of(Raw.prefix(0, LIMIT + 1, new byte[0]), Raw.frame(0, new byte[1])));
        FrameReader reader = reader(chunks);
        assertThatThrownBy(reader::next).isInstanceOf(ApiException.class);
        assertThatThrownBy(reader::next).isInstanceOf(ApiException.class);
    }

    private static FrameReader reader(Queue<byte[]> chunks) {
        return new FrameReader(
                () -> {
                    byte[] next = chunks.poll();
                    return next == null ? new byte[0] : next;
                },
                LIMIT);
    }

    private static byte[] message(FrameReader reader) {
        return Arrays.copyOfRange(reader.array(), reader.offset(), reader.offset() + reader.size());
    }
}
