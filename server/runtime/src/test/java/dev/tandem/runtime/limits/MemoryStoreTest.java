package dev.tandem.runtime.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MemoryStoreTest {
    private static final Limit TEN = new Limit(Limit.REQUESTS, Span.MINUTE, 10);
    private static final Limit TOKENS = new Limit("tokens", Span.MINUTE, 1000);
    private static final Limit DAY = new Limit("tokens", Span.DAY, 5000);
    private static final Limit TWO_AT_ONCE = new Limit(Limit.REQUESTS, Span.AT_ONCE, 2);

    private final AtomicLong clock = new AtomicLong(1_750_000_000_000L);
    private final MemoryStore store = new MemoryStore(clock::get, 30_000);

    private static Charge charge(Limit limit, long amount) {
        return new Charge("me", "caller", limit, amount);
    }

    private Reservation reserve(Charge... charges) {
        return store.reserve(List.of(charges));
    }

    private static Hold hold(Reservation made) {
        return Objects.requireNonNull(made.hold());
    }

    @Test
    void allowsTheLimitAndThenSaysWhenThereIsMore() {
        for (int i = 0; i < 10; i++) {
            assertThat(reserve(charge(TEN, 1)).levels().getFirst().remaining()).isEqualTo(9 - i);
        }
        clock.addAndGet(15_250);
        Reservation refused = reserve(charge(TEN, 1));
        assertThat(refused.hold()).isNull();
        assertThat(refused.levels().getFirst()).isEqualTo(new Level(0, 45_750, 45_750));
        clock.addAndGet(45_749);
        assertThat(reserve(charge(TEN, 1)).hold()).isNull();
        clock.addAndGet(1);
        assertThat(reserve(charge(TEN, 1)).hold()).isNotNull();
    }

    @Test
    void whatIsRefusedByOneLimitTakesNothingOfTheOthers() {
        hold(reserve(charge(TEN, 1), charge(TOKENS, 900)));
        Reservation refused = reserve(charge(TEN, 1), charge(TOKENS, 101), charge(TWO_AT_ONCE, 1));
        assertThat(refused.hold()).isNull();
        assertThat(refused.levels()).extracting(Level::refuses).containsExactly(false, true, false);
        Reservation taken = reserve(charge(TEN, 1), charge(TOKENS, 100), charge(TWO_AT_ONCE, 1));
        assertThat(taken.levels()).extracting(Level::remaining).containsExactly(8L, 0L, 1L);
    }

    @Test
    void whatWasNotTakenIsThereForOthersAtOnce() {
        Hold hold = hold(reserve(charge(TOKENS, 1000), charge(DAY, 1000)));
        clock.addAndGet(3_000);
        store.settle(hold, new long[] {40, 40});
        assertThat(reserve(charge(TOKENS, 960)).hold()).isNotNull();
        assertThat(reserve(charge(TOKENS, 1)).hold()).isNull();
    }

    @Test
    void whatWasTakenBeyondTheReservationCountsToo() {
        Hold hold = hold(reserve(charge(TOKENS, 900)));
        store.settle(hold, new long[] {1500});
        Reservation refused = reserve(charge(TOKENS, 1));
        assertThat(refused.hold()).isNull();
        assertThat(refused.levels().getFirst().remaining()).isZero();
        clock.addAndGet(61_000);
        assertThat(reserve(charge(TOKENS, 1000)).hold()).isNotNull();
    }

    @Test
    void aSettlementAfterItsWindowIsOverGivesNothingBack() {
        Hold hold = hold(reserve(charge(TOKENS, 1000)));
        clock.addAndGet(62_000);
        hold(reserve(charge(TOKENS, 1000)));
        store.settle(hold, new long[] {0});
        assertThat(reserve(charge(TOKENS, 1)).hold()).isNull();
    }

    @Test
    void whatIsHeldAtOnceIsFreeWhenItIsSettledOrRunsOut() {
        Hold first = hold(reserve(charge(TWO_AT_ONCE, 1)));
        hold(reserve(charge(TWO_AT_ONCE, 1)));
        assertThat(reserve(charge(TWO_AT_ONCE, 1)).levels().getFirst().retryMillis())
                .isEqualTo(1_000);
        store.settle(first, new long[] {0});
        store.settle(first, new long[] {0});
        hold(reserve(charge(TWO_AT_ONCE, 1)));
        assertThat(reserve(charge(TWO_AT_ONCE, 1)).hold()).isNull();
        clock.addAndGet(30_000);
        assertThat(reserve(charge(TWO_AT_ONCE, 1)).hold()).isNotNull();
    }

    @Test
    void aClockThatGoesBackFreesNothing() {
        hold(reserve(charge(TOKENS, 1000)));
        clock.addAndGet(-3_600_000);
        assertThat(reserve(charge(TOKENS, 1)).hold()).isNull();
    }

    @Test
    void accountsOfWhichNothingCountsAreForgotten() {
        for (int i = 0; i < 4_000; i++) {
            store.reserve(List.of(new Charge("caller " + i, "caller", TEN, 1)));
        }
        assertThat(store.accounts()).isEqualTo(4_000);
        clock.addAndGet(120_000);
        for (int i = 0; i < 4_200; i++) {
            reserve(charge(TOKENS, 0));
        }
        assertThat(store.accounts()).isEqualTo(1);
    }

    @Test
    void manyThreadsTogetherGetTheLimitAndNoMore() throws InterruptedException {
        Limit limit = new Limit("tokens", Span.DAY, 1_000);
        AtomicInteger allowed = new AtomicInteger();
        Thread[] threads = new Thread[16];
        for (int t = 0; t < threads.length; t++) {
            String own = "caller " + t % 4;
            threads[t] =
                    Thread.startVirtualThread(() -> {
                        for (int i = 0; i < 500; i++) {
                            List<Charge> both =
                                    List.of(
                                            new Charge("server", "server", limit, 1),
                                            new Charge(own, "caller", limit, 1));
                            if (store.reserve(i % 2 == 0 ? both : both.reversed()).hold() != null) {
                                allowed.incrementAndGet();
                            }
                        }
                    });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(allowed).hasValue(1_000);
    }
}
