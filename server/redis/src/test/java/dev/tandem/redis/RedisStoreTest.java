package dev.tandem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.limits.Charge;
import dev.tandem.runtime.limits.Hold;
import dev.tandem.runtime.limits.Level;
import dev.tandem.runtime.limits.Limit;
import dev.tandem.runtime.limits.LimitStore;
import dev.tandem.runtime.limits.LocalWhenAway;
import dev.tandem.runtime.limits.Reservation;
import dev.tandem.runtime.limits.Span;
import dev.tandem.runtime.limits.StoreAway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RedisStoreTest {
    private static final Limit DAY = new Limit("tokens", Span.DAY, 1_000);
    private static final Limit AT_ONCE = new Limit(Limit.REQUESTS, Span.AT_ONCE, 2);
    private static final Duration CALM = Duration.ofSeconds(5); // for a machine with other work

    @TempDir private Path folder;
    private RedisServer redis;
    private final List<LimitStore> stores = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        redis = RedisServer.start(folder);
    }

    @AfterEach
    void end() throws Exception {
        stores.forEach(LimitStore::close);
        if (redis != null) { // there is none where the suite is skipped
            redis.close();
        }
    }

    private RedisStore store(RedisSettings settings) {
        RedisStore store = new RedisStore(settings);
        stores.add(store);
        return store;
    }

    /** One of several servers. */
    private RedisStore store() {
        return store(redis.settings().withPatience(CALM));
    }

    private static Charge charge(Limit limit, long amount) {
        return new Charge("caller:me", "caller", limit, amount);
    }

    private static Reservation reserve(LimitStore store, Limit limit, long amount) {
        return store.reserve(List.of(charge(limit, amount)));
    }

    private static Hold hold(Reservation made) {
        return Objects.requireNonNull(made.hold());
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.call()) {
            assertThat(System.nanoTime()).isLessThan(until);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static boolean away(LimitStore store) {
        try {
            reserve(store, DAY, 0);
            return false;
        } catch (StoreAway e) {
            return true;
        }
    }

    @Test
    void twoServersShareALimitExactlyUnderLoad() throws InterruptedException {
        List<RedisStore> servers = List.of(store(), store());
        AtomicInteger allowed = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 20; t++) {
            RedisStore server = servers.get(t % 2);
            threads.add(
                    Thread.startVirtualThread(() -> {
                        for (int i = 0; i < 100; i++) {
                            if (reserve(server, DAY, 1).hold() != null) {
                                allowed.incrementAndGet();
                            }
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(allowed).hasValue(1_000);
    }

    @Test
    void whatOneServerSettlesTheOtherMayTake() {
        RedisStore one = store();
        RedisStore other = store();
        Hold hold = hold(reserve(one, DAY, 1_000));
        Level full = reserve(other, DAY, 1).levels().getFirst();
        assertThat(full.refuses()).isTrue();
        assertThat(Duration.ofMillis(full.retryMillis()))
                .isBetween(Duration.ofHours(23), Duration.ofHours(25));
        one.settle(hold, new long[] {10});
        assertThat(reserve(other, DAY, 990).levels().getFirst().remaining()).isZero();
        assertThat(reserve(one, DAY, 1).hold()).isNull();
    }

    @Test
    void leasesAreRenewedWhileTheirServerRunsAndRunOutWithIt() throws Exception {
        RedisSettings brief = redis.settings().withPatience(CALM).withLease(Duration.ofSeconds(1));
        RedisStore killed = store(brief);
        RedisStore other = store(brief);
        hold(reserve(killed, AT_ONCE, 1));
        hold(reserve(killed, AT_ONCE, 1));
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(2_500)) {
            assertThat(reserve(other, AT_ONCE, 1).hold()).as("renewed").isNull();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        killed.close(); // settles nothing
        await(() -> reserve(other, AT_ONCE, 1).hold() != null);
    }

    @Test
    void aServerProcessThatIsKilledLosesItsLeasesSoon() throws Exception {
        Process server =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                LeaseHolder.class.getName(),
                                redis.url())
                        .redirectError(folder.resolve("server.log").toFile())
                        .start();
        try {
            assertThat(server.inputReader().readLine()).isEqualTo("2");
            RedisStore other = store(redis.settings().withPatience(CALM));
            assertThat(reserve(other, AT_ONCE, 1).hold()).isNull();
            server.destroyForcibly(); // SIGKILL
            assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
            await(() -> reserve(other, AT_ONCE, 1).hold() != null);
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void aRedisThatWasKilledCostsOneWaitAndIsUsedAgainWhenItIsBack() throws Exception {
        RedisStore store = store(redis.settings());
        await(() -> !away(store));
        redis.kill();
        assertThatThrownBy(() -> reserve(store, DAY, 1)).isInstanceOf(StoreAway.class);
        long begin = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertThat(away(store)).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(CALM);
        redis.again();
        await(() -> !away(store));
        assertThat(reserve(store, DAY, 1_000).hold()).isNotNull();
    }

    @Test
    void aRedisThatStandsStillIsWaitedForNoLongerThanAllowed() throws Exception {
        RedisStore store = store(redis.settings());
        await(() -> !away(store));
        Hold hold = hold(reserve(store, DAY, 1));
        redis.stop();
        long begin = System.nanoTime();
        assertThatThrownBy(() -> reserve(store, DAY, 1))
                .isInstanceOf(StoreAway.class)
                .hasMessageContaining("100 ms");
        store.settle(hold, new long[] {1});
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(100), CALM);
        redis.goOn();
        await(() -> !away(store));
    }

    @Test
    void whatIsGrantedToACallThatNoLongerWaitsIsGivenBack() throws Exception {
        RedisStore store = store(redis.settings().withPatience(Duration.ofMillis(300)));
        await(() -> !away(store));
        redis.stop();
        assertThatThrownBy(() -> reserve(store, AT_ONCE, 1)).isInstanceOf(StoreAway.class);
        redis.goOn(); // and now it takes what was asked
        await(() -> !away(store));
        await(() -> redis.ask("ZCARD tandem:{limits}:caller:me:requests_at_once").startsWith(":0"));
    }

    @Test
    void whatIsStillHeldIsHeldAgainInARedisThatForgot() throws Exception {
        RedisSettings brief = redis.settings().withLease(Duration.ofSeconds(1));
        RedisStore store = store(brief);
        await(() -> !away(store));
        hold(reserve(store, AT_ONCE, 1));
        hold(reserve(store, AT_ONCE, 1));
        redis.kill();
        redis.again();
        await(() -> away(store) || reserve(store, AT_ONCE, 1).hold() == null);
        await(() -> redis.ask("ZCARD tandem:{limits}:caller:me:requests_at_once").startsWith(":2"));
        assertThat(away(store) || reserve(store, AT_ONCE, 1).hold() == null).isTrue();
    }

    @Test
    void openMeansLocalLimitsWhileRedisIsAway() throws Exception {
        RedisStore shared = store(redis.settings());
        LimitStore store = new LocalWhenAway(shared);
        await(() -> !away(shared));
        Hold before = hold(reserve(store, AT_ONCE, 1));
        redis.kill();
        Hold one = hold(reserve(store, AT_ONCE, 1));
        hold(reserve(store, AT_ONCE, 1));
        assertThat(reserve(store, AT_ONCE, 1).hold()).as("of this server alone").isNull();
        store.settle(one, new long[] {0});
        hold(reserve(store, AT_ONCE, 1));
        store.settle(before, new long[] {0});
        redis.again();
        await(() -> !away(shared));
        assertThat(hold(reserve(store, AT_ONCE, 1)).store()).isSameAs(shared);
    }

    @Test
    void anInterruptNeitherCutsTheConnectionNorIsLost() throws Exception {
        RedisStore store = store();
        reserve(store, DAY, 1);
        Thread.currentThread().interrupt();
        assertThat(reserve(store, DAY, 1).hold()).isNotNull();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(redis.ask("INFO clients")).contains("connected_clients:2");
    }
}
