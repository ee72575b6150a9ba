package dev.tandem.llamacpp.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.admission.Capacity;
import dev.tandem.runtime.admission.Overloaded;
import dev.tandem.runtime.admission.Waiting;
import org.junit.jupiter.api.Test;

class WaitingLineTest {
    private final WaitingLine line = new WaitingLine(Capacity.of(2, 2));

    private Generation join(int choices) {
        return join("me", choices);
    }

    private Generation join(String caller, int choices) {
        return join(line, caller, choices);
    }

    private static Generation join(WaitingLine line, String caller, int choices) {
        var request =
                GenerationRequest.of(new int[] {1}).choices(choices).cacheSalt(caller).build();
        var generation = new Generation(request, () -> {});
        line.join(generation, null, Waiting.UNSEEN);
        return generation;
    }

    @Test
    void whoFindsFreeSlotsDoesNotCountAsWaiting() {
        join(1);
        join(1);
        join(1);
        join(1);
        assertThatThrownBy(() -> join(1))
                .isInstanceOfSatisfying(
                        Overloaded.class, e -> assertThat(e.waiting()).isEqualTo(2));
    }

    @Test
    void aCancelledRequestMakesRoom() {
        Generation first = join(2);
        join(1).cancel();
        Generation last = join(1);
        assertThat(line.serve()).isSameAs(first);
        assertThat(line.serve()).isNull();
        first.freeSlots(1);
        assertThat(line.serve()).isSameAs(last);
    }

    @Test
    void aRequestThatIsCancelledBeforeItIsBegunGivesItsSlotsToTheNext() {
        join(2).cancel();
        Generation next = join(2);
        assertThat(line.serve()).isSameAs(next);
    }

    @Test
    void nobodyOvertakesARequestForSeveralSlots() {
        Generation first = join(1);
        Generation both = join(2);
        Generation last = join(1);
        assertThat(line.serve()).isSameAs(first);
        assertThat(line.serve()).isNull();
        first.freeSlots(1);
        assertThat(line.serve()).isSameAs(both);
        assertThat(line.serve()).isNull();
        both.freeSlots(1);
        assertThat(line.serve()).isSameAs(last);
    }

    @Test
    void callersTakeTurns() {
        Generation running = join("greedy", 2);
        join("greedy", 2);
        Generation other = join("other", 2);
        assertThat(line.serve()).isSameAs(running);
        running.freeSlots(2);
        assertThat(line.serve()).isNotNull().isNotSameAs(other).satisfies(g -> g.freeSlots(2));
        assertThat(line.serve()).isSameAs(other);
    }

    @Test
    void aGreedyCallersLastRequestGivesWay() {
        join("greedy", 2);
        join("greedy", 1);
        Generation last = join("greedy", 1);
        join("other", 1);
        assertThatThrownBy(last::next)
                .isInstanceOfSatisfying(
                        Overloaded.class,
                        e -> assertThat(e.why()).isEqualTo(Overloaded.Cause.CROWDED_OUT));
    }

    @Test
    void aLineWithoutRoomStillServesFreeSlots() {
        WaitingLine none = new WaitingLine(Capacity.of(1, 0));
        join(none, "me", 1);
        assertThatThrownBy(() -> join(none, "me", 1)).isInstanceOf(Overloaded.class);
    }
}
