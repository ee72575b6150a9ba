package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OutboxTest {
    private final AtomicInteger rings = new AtomicInteger();
    private final Outbox box = new Outbox(4, rings::incrementAndGet);

    private static Piece piece(String text) {
        return new Piece(0, "", text, "", List.of(), null);
    }

    private void fill() {
        for (int i = 0; i < 4; i++) {
            assertThat(box.hasRoomFor(1)).isTrue();
            box.put(piece("" + i));
        }
    }

    @Test
    void aFullBoxHasNoRoomAndRingsWhenHalfEmpty() throws InterruptedException {
        fill();
        assertThat(box.hasRoomFor(1)).isFalse();
        box.take();
        box.take();
        assertThat(rings).hasValue(0);
        box.take();
        assertThat(rings).hasValue(1);
        assertThat(box.hasRoomFor(3)).isTrue();
        assertThat(box.hasRoomFor(4)).isFalse();
    }

    @Test
    void whatWasPutBeforeTheFailureIsReadFirst() throws InterruptedException {
        box.put(piece("a"));
        box.end(new EngineFailure("broken"));
        box.put(piece("ignored"));
        assertThat(box.take()).isEqualTo(piece("a"));
        assertThatThrownBy(box::take).isInstanceOf(EngineFailure.class).hasMessage("broken");
        assertThatThrownBy(box::take).isInstanceOf(EngineFailure.class);
    }

    @Test
    void discardingWakesTheReader() throws Exception {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread reader =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                ended.complete(box.take() == null);
                            } catch (InterruptedException e) {
                                ended.completeExceptionally(e);
                            }
                        });
        box.discard();
        assertThat(ended.get()).isTrue();
        reader.join();
    }
}
