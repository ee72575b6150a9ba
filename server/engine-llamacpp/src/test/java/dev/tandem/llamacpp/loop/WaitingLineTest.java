package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WaitingLineTest {
    private final WaitingLine line = new WaitingLine(2, 2);

    private Generation join(int choices) {
        var request = GenerationRequest.of(new int[] {1}).choices(choices).build();
        var generation = new Generation(request, () -> {});
        line.join(generation);
        return generation;
    }

    @Test
    void whoFindsFreeSlotsDoesNotCountAsWaiting() {
        join(1);
        join(1);
        join(1);
        join(1);
        assertThatThrownBy(() -> join(1))
                .isInstanceOfSatisfying(QueueFull.class, e -> assertThat(e.waiting()).isEqualTo(2));
    }

    @Test
    void aCancelledRequestMakesRoom() {
        join(2);
        join(1).cancel();
        Generation last = join(1);
        assertThat(line.serve()).isNotNull();
        assertThat(line.serve()).isNull();
        line.slotFreed();
        assertThat(line.serve()).isSameAs(last);
    }

    @Test
    void nobodyOvertakesARequestForSeveralSlots() {
        Generation first = join(1);
        Generation both = join(2);
        Generation last = join(1);
        assertThat(line.serve()).isSameAs(first);
        assertThat(line.serve()).isNull();
        line.slotFreed();
        assertThat(line.serve()).isSameAs(both);
        assertThat(line.serve()).isNull();
        line.slotFreed();
        assertThat(line.serve()).isSameAs(last);
    }

    @Test
    void aLineWithoutRoomStillServesFreeSlots() {
        WaitingLine none = new WaitingLine(0, 1);
        var request = GenerationRequest.of(new int[] {1}).build();
        none.join(new Generation(request, () -> {}));
        assertThatThrownBy(() -> none.join(new Generation(request, () -> {})))
                .isInstanceOf(QueueFull.class);
    }
}
