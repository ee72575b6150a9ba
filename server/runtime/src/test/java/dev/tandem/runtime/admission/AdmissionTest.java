package dev.tandem.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Head;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AdmissionTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Calls calls = new Calls(() -> "id");
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        calls.close();
    }

    private Admission admission(int running, int waiting) {
        return admission(running, waiting, Duration.ZERO);
    }

    private Admission admission(int running, int waiting, Duration longest) {
        return new Admission(new Capacity(running, waiting, longest), nanos::get);
    }

    private Call call() {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return calls.open(new Head(Head.Wire.GRPC, "POST", "/a/B", "a/B", Map.of(), here), null);
    }

    private Ticket join(Admission admission, String name) {
        return join(admission, name, 1, null);
    }

    private Ticket join(Admission admission, String name, int places, @Nullable Duration patience) {
        return admission.join(name.substring(0, 1), places, patience, new Named(name));
    }

    private final class Named implements Guest {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void admitted(Ticket place) {
            told.add(name);
        }

        @Override
        public void refused(Overloaded why) {
            told.add(name + " " + why.why());
        }
    }

    @Test
    void asManyRunAsThereArePlacesAndTheOthersWaitTheirTurn() {
        Admission admission = admission(2, 10);
        Ticket first = join(admission, "a1");
        join(admission, "a2");
        join(admission, "a3");
        Ticket other = join(admission, "b1");
        assertThat(told).containsExactly("a1", "a2");
        assertThat(admission.running()).isEqualTo(2);
        assertThat(admission.waiting()).isEqualTo(2);
        first.close();
        assertThat(told).containsExactly("a1", "a2", "a3");
        assertThat(other.admitted()).isFalse();
        first.close();
        assertThat(other.admitted()).as("a place is given back once").isFalse();
    }

    @Test
    void aFullLineRefusesAtOnceAndSaysWhenToTryAgain() {
        Admission admission = admission(1, 1);
        join(admission, "a1");
        join(admission, "a2");
        Overloaded why = catchThrowableOfType(Overloaded.class, () -> join(admission, "a3"));
        assertThat(why.why()).isEqualTo(Overloaded.Cause.FULL);
        assertThat(why.waiting()).isEqualTo(1);
        assertThat(why.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void inAFullLineTheLastOfTheGreediestGivesWayToWhoHasLess() {
        Admission admission = admission(1, 3);
        join(admission, "a1");
        join(admission, "a2");
        join(admission, "a3");
        join(admission, "a4");
        join(admission, "b1");
        assertThat(told).containsExactly("a1", "a4 CROWDED_OUT");
        assertThatThrownBy(() -> join(admission, "b2"))
                .as("two each would be no fairer")
                .isInstanceOf(Overloaded.class);
        assertThat(admission.waiting()).isEqualTo(3);
    }

    @Test
    void whoLeavesTheLineMakesRoomAtOnce() {
        Admission admission = admission(1, 1);
        join(admission, "a1");
        Ticket second = join(admission, "a2");
        assertThat(second.withdraw()).isTrue();
        assertThat(second.withdraw()).isFalse();
        join(admission, "a3");
        assertThat(told).containsExactly("a1");
    }

    @Test
    void nobodyOvertakesWhoNeedsSeveralPlaces() {
        Admission admission = admission(2, 5);
        Ticket first = join(admission, "a1");
        Ticket both = join(admission, "b1", 2, null);
        Ticket last = join(admission, "c1");
        assertThat(last.admitted()).isFalse();
        first.close();
        assertThat(both.admitted()).isTrue();
        assertThat(last.admitted()).isFalse();
        both.free(1);
        assertThat(last.admitted()).isTrue();
    }

    @Test
    void whoStoodInTheWayAndLeavesLetsTheOthersPass() {
        Admission admission = admission(2, 5);
        join(admission, "a1");
        Ticket both = join(admission, "b1", 2, null);
        Ticket last = join(admission, "c1");
        both.close();
        assertThat(last.admitted()).isTrue();
    }

    /** The line of ten moves once in a second. */
    private Admission slow(Duration longest) {
        Admission admission = admission(1, 100, longest);
        Ticket running = join(admission, "a0");
        List<Ticket> waiting = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            waiting.add(join(admission, "a" + i));
        }
        for (Ticket next : waiting.subList(0, 10)) {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            running.close();
            running = next;
        }
        assertThat(admission.waiting()).isEqualTo(10);
        return admission;
    }

    @Test
    void whoseDeadlineIsBeforeItsTurnIsRefusedAtOnce() {
        Admission admission = slow(Duration.ZERO);
        Overloaded why =
                catchThrowableOfType(
                        Overloaded.class, () -> join(admission, "a", 1, Duration.ofSeconds(10)));
        assertThat(why.why()).isEqualTo(Overloaded.Cause.TOO_SLOW);
        assertThat(why.retryAfter()).isEqualTo(Duration.ofSeconds(10));
        join(admission, "a", 1, Duration.ofSeconds(12));
        join(admission, "b", 1, Duration.ofSeconds(3));
    }

    @Test
    void whoWouldWaitLongerThanAnybodyMayIsRefusedAtOnce() {
        Admission admission = slow(Duration.ofMillis(10_500));
        assertThatThrownBy(() -> join(admission, "a")).isInstanceOf(Overloaded.class);
        assertThat(join(admission, "b").admitted()).isFalse();
    }

    @Test
    void aLineThatHasComeToAHaltIsKnownToBeSlow() {
        Admission admission = admission(1, 100, Duration.ofSeconds(30));
        join(admission, "a1");
        join(admission, "a2");
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(10));
        assertThatThrownBy(() -> join(admission, "a3")).isInstanceOf(Overloaded.class);
    }

    @Test
    void aHaltThatIsOverIsForgotten() {
        Admission admission = admission(1, 100, Duration.ofSeconds(30));
        Ticket first = join(admission, "a1");
        join(admission, "a2");
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(10));
        first.close();
        assertThatThrownBy(() -> join(admission, "a3")).isInstanceOf(Overloaded.class);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(30));
        assertThat(join(admission, "a4").admitted()).isFalse();
        assertThat(admission.waiting()).isEqualTo(1);
    }

    @Test
    void aClosedOneRefusesWhoWaitsAndWhoComes() {
        Admission admission = admission(1, 5);
        Ticket running = join(admission, "a1");
        join(admission, "a2");
        admission.close();
        assertThat(told).containsExactly("a1", "a2 CLOSED");
        assertThatThrownBy(() -> join(admission, "a3")).isInstanceOf(Overloaded.class);
        running.close();
        assertThat(admission.running()).isZero();
    }

    @Test
    void aCallThatIsCancelledWhileItWaitsLeavesTheLine() throws Exception {
        Admission admission = admission(1, 1);
        join(admission, "a1");
        Call call = call();
        CompletableFuture<Ticket> waiting = entering(admission, call);
        await(() -> admission.waiting() == 1);
        call.cancel(CancelCause.CLIENT_LEFT);
        assertThatThrownBy(waiting::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CancelledException.class);
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void aThreadThatWaitsIsWokenForItsPlace() throws Exception {
        Admission admission = admission(1, 1);
        Ticket running = join(admission, "a1");
        CompletableFuture<Ticket> waiting = entering(admission, call());
        await(() -> admission.waiting() == 1);
        running.close();
        try (Ticket place = waiting.get()) {
            assertThat(place.admitted()).isTrue();
        }
        assertThat(admission.running()).isZero();
    }

    @Test
    void nobodyWaitsLongerThanAnybodyMay() {
        Admission admission =
                new Admission(new Capacity(1, 1, Duration.ofMillis(20)), System::nanoTime);
        join(admission, "a1");
        assertThatThrownBy(() -> admission.enter("b", call())).isInstanceOf(Overloaded.class);
        assertThat(admission.waiting()).isZero();
    }

    private static CompletableFuture<Ticket> entering(Admission admission, Call call) {
        CompletableFuture<Ticket> place = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                place.complete(admission.enter("z", call));
            } catch (InterruptedException | RuntimeException e) {
                place.completeExceptionally(e);
            }
        });
        return place;
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(100_000);
        }
    }

    @Test
    void neverMoreRunThanThereArePlacesHoweverManyComeAndGo() throws Exception {
        Admission admission = new Admission(Capacity.of(3, 20));
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int number = i;
            threads.add(
                    Thread.startVirtualThread(() -> {
                        for (int k = 0; k < 50; k++) {
                            Call call = call();
                            if (k % 7 == number % 7) {
                                Thread.startVirtualThread(
                                        () -> call.cancel(CancelCause.CLIENT_LEFT));
                            }
                            try (Ticket _ = admission.enter("c" + number % 5, call)) {
                                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                                LockSupport.parkNanos(20_000);
                                running.decrementAndGet();
                            } catch (Overloaded e) {
                                refused.incrementAndGet();
                                LockSupport.parkNanos(20_000);
                            } catch (CancelledException | InterruptedException e) {
                                LockSupport.parkNanos(20_000);
                            } finally {
                                calls.close(call);
                            }
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(refused.get()).isPositive();
        assertThat(admission.running()).isZero();
        assertThat(admission.waiting()).isZero();
    }
}
