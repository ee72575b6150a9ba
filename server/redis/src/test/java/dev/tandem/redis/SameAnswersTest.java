package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.limits.Charge;
import dev.tandem.runtime.limits.Hold;
import dev.tandem.runtime.limits.Limit;
import dev.tandem.runtime.limits.LimitStore;
import dev.tandem.runtime.limits.MemoryStore;
import dev.tandem.runtime.limits.Reservation;
import dev.tandem.runtime.limits.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any mixture of reserving, settling and waiting: no limit is ever exceeded, looked at from
 * outside, and the memory and Redis give the same answers by the same clock.
 */
@Timeout(60)
class SameAnswersTest {
    private static final long LEASE = 20_000;
    private static final List<String> ACCOUNTS = List.of("a", "b", "server");
    private static final List<Limit> LIMITS =
            List.of(
                    new Limit(Limit.REQUESTS, Span.MINUTE, 20),
                    new Limit("tokens", Span.MINUTE, 300),
                    new Limit("tokens", Span.DAY, 2_000),
                    new Limit(Limit.REQUESTS, Span.AT_ONCE, 3));

    @TempDir private Path folder;

    /** What was taken of a limit, as an onlooker notes it. */
    private static final class Note {
        private final String account;
        private final Limit limit;
        private final long at;
        private final String id;
        private long amount;

        Note(Charge charge, long at, String id) {
            this.account = charge.account();
            this.limit = charge.limit();
            this.at = at;
            this.id = id;
            this.amount = charge.amount();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void memoryAndRedisAgreeAndNoLimitIsExceeded(long seed) throws Exception {
        AtomicLong clock = new AtomicLong(1_750_000_000_123L);
        try (RedisServer redis = RedisServer.start(folder);
                RedisStore shared =
                        new RedisStore(
                                redis.settings()
                                        .withPatience(Duration.ofSeconds(10))
                                        .withLease(Duration.ofMillis(LEASE)),
                                clock::get);
                MemoryStore memory = new MemoryStore(clock::get, LEASE)) {
            new Run(new Random(seed), clock, memory, shared).steps(1_500);
        }
    }

    @Test
    void theOnlookerNoticesALimitThatIsExceeded() {
        AtomicLong clock = new AtomicLong();
        try (MemoryStore memory = new MemoryStore(clock::get, LEASE)) {
            Run run = new Run(new Random(1), clock, memory, memory);
            Charge charge = new Charge("a", "a", LIMITS.getFirst(), 21);
            run.notes.add(new Note(charge, 0, "x"));
            assertThatThrownBy(run::look).isInstanceOf(AssertionError.class);
        }
    }

    private static final class Run {
        private final Random random;
        private final AtomicLong clock;
        private final LimitStore memory;
        private final LimitStore redis;
        private final List<Note> notes = new ArrayList<>();
        private final List<Hold[]> open = new ArrayList<>();
        private int granted;

        Run(Random random, AtomicLong clock, LimitStore memory, LimitStore redis) {
            this.random = random;
            this.clock = clock;
            this.memory = memory;
            this.redis = redis;
        }

        void steps(int count) {
            for (int i = 0; i < count; i++) {
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3 -> reserve();
                    case 4, 5, 6 -> settle();
                    case 7, 8 -> clock.addAndGet(random.nextInt(5_000));
                    default ->
                            clock.addAndGet(
                                    random.nextInt(random.nextInt(30) == 0 ? 40_000_000 : 70_000));
                }
                look();
            }
            assertThat(granted).as("something happened").isGreaterThan(100);
        }

        private void reserve() {
            List<Charge> charges = new ArrayList<>();
            for (String account : ACCOUNTS) {
                for (Limit limit : LIMITS) {
                    if (random.nextInt(3) > 0) {
                        long most = limit.amount().equals("tokens") ? random.nextInt(120) : 1;
                        charges.add(new Charge(account, account, limit, most));
                    }
                }
            }
            if (charges.isEmpty()) {
                return;
            }
            Reservation one = memory.reserve(charges);
            Reservation other = redis.reserve(charges);
            assertThat(other.levels()).isEqualTo(one.levels());
            assertThat(other.hold() == null).isEqualTo(one.hold() == null);
            Hold hold = one.hold();
            Hold twin = other.hold();
            if (hold != null && twin != null) {
                granted++;
                open.add(new Hold[] {hold, twin});
                charges.forEach(charge -> notes.add(new Note(charge, clock.get(), hold.id())));
            }
        }

        private void settle() {
            if (open.isEmpty()) {
                return;
            }
            Hold[] both = open.remove(random.nextInt(open.size()));
            double share = random.nextDouble();
            long[] taken =
                    both[0].charges().stream().mapToLong(charge -> taken(charge, share)).toArray();
            memory.settle(both[0], taken);
            redis.settle(both[1], taken);
            note(both[0], taken);
        }

        private static long taken(Charge charge, double share) {
            return charge.limit().amount().equals("tokens")
                    ? (long) (charge.amount() * share)
                    : charge.amount();
        }

        private void note(Hold hold, long[] taken) {
            for (Note note : notes) {
                if (note.id.equals(hold.id())) {
                    for (int i = 0; i < taken.length; i++) {
                        Charge charge = hold.charges().get(i);
                        if (charge.account().equals(note.account)
                                && charge.limit().equals(note.limit)) {
                            note.amount = note.limit.span() == Span.AT_ONCE ? 0 : taken[i];
                        }
                    }
                }
            }
        }

        void look() {
            notes.removeIf(note -> clock.get() - note.at >= Span.DAY.millis());
            for (String account : ACCOUNTS) {
                for (Limit limit : LIMITS) {
                    long span = limit.span() == Span.AT_ONCE ? LEASE : limit.span().millis();
                    LongStream taken =
                            notes.stream()
                                    .filter(note -> note.account.equals(account))
                                    .filter(note -> note.limit.equals(limit))
                                    .filter(note -> clock.get() - note.at < span)
                                    .mapToLong(note -> note.amount);
                    assertThat(taken.sum())
                            .as(account + " " + limit)
                            .isLessThanOrEqualTo(limit.most());
                }
            }
        }
    }
}
