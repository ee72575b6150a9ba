package dev.tandem.redis;

import dev.tandem.runtime.limits.Charge;
import dev.tandem.runtime.limits.Hold;
import dev.tandem.runtime.limits.Level;
import dev.tandem.runtime.limits.LimitStore;
import dev.tandem.runtime.limits.Reservation;
import dev.tandem.runtime.limits.Span;
import dev.tandem.runtime.limits.StoreAway;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Counts in Redis, by Redis's clock: every server with the same Redis and the same limits counts
 * together, exactly. What is held at once is leased, and the lease renewed while the call runs, so
 * that a server that is killed holds nothing for long.
 *
 * <p>A Redis that does not answer is waited for once; from then on {@link StoreAway} is thrown at
 * once until it has answered a question that no call waits for.
 */
public final class RedisStore implements LimitStore {
    /** In one slot of a cluster, because a script touches several keys. */
    private static final String PREFIX = "tandem:{limits}:";

    private static final long OF_REDIS = -1;

    private final RedisSettings settings;
    private final LongSupplier clock;
    private final Connections connections;
    private final ScheduledThreadPoolExecutor timer;
    private final Circuit circuit;
    private final Held held = new Held();
    private final Script reserve = Script.named("reserve");
    private final Script settle = Script.named("settle");
    private final Script renew = Script.named("renew");
    private final String server = HexFormat.of().formatHex(random());
    private final AtomicLong count = new AtomicLong();

    /**
     * Connects at its first use.
     *
     * @throws IllegalArgumentException where the file of the authorities cannot be used
     */
    public RedisStore(RedisSettings settings) {
        this(settings, () -> OF_REDIS);
    }

    /**
     * @param clock milliseconds, negative for Redis's own
     */
    RedisStore(RedisSettings settings, LongSupplier clock) {
        this.settings = settings;
        this.clock = clock;
        connections = new Connections(settings);
        timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("tandem-redis").factory());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        circuit = new Circuit(settings.toString(), timer, this::answers);
        long pause = Math.max(1, settings.lease().toMillis() / 3);
        var _ = timer.scheduleWithFixedDelay(this::renewAll, pause, pause, TimeUnit.MILLISECONDS);
    }

    private static byte[] random() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    static String key(Charge charge) {
        return PREFIX + charge.account() + ":" + charge.limit().id();
    }

    @Override
    public Reservation reserve(List<Charge> charges) {
        String id = server + "-" + count.incrementAndGet();
        List<String> arguments = new ArrayList<>(3 + 4 * charges.size());
        arguments.add(Long.toString(clock.getAsLong()));
        arguments.add(id);
        arguments.add(Long.toString(settings.lease().toMillis()));
        for (Charge charge : charges) {
            Span span = charge.limit().span();
            arguments.add(Integer.toString(span.parts()));
            arguments.add(Long.toString(span.partMillis()));
            arguments.add(Long.toString(charge.limit().most()));
            arguments.add(Long.toString(charge.amount()));
        }
        Reservation made =
                asked(
                        redis ->
                                reservation(
                                        id, charges, reserve.run(redis, keys(charges), arguments)),
                        this::undo);
        Hold hold = made.hold();
        if (hold != null) {
            held.begin(hold);
        }
        return made;
    }

    private static List<String> keys(List<Charge> charges) {
        return charges.stream().map(RedisStore::key).toList();
    }

    private Reservation reservation(String id, List<Charge> charges, Object answer) {
        List<Long> numbers = new ArrayList<>();
        ((List<?>) answer).forEach(number -> numbers.add((Long) number));
        List<Level> levels = new ArrayList<>(charges.size());
        for (int i = 2; i < numbers.size(); i += 3) {
            levels.add(new Level(numbers.get(i), numbers.get(i + 1), numbers.get(i + 2)));
        }
        Hold hold = numbers.get(0) == 1 ? new Hold(id, charges, numbers.get(1), this) : null;
        return new Reservation(hold, levels);
    }

    /** It was granted after its call had been told otherwise: on the thread that was late. */
    private void undo(Reservation late) {
        Hold hold = late.hold();
        if (hold != null) {
            try {
                directly(settling(hold, new long[hold.charges().size()]));
            } catch (JedisException e) {
                unsettled(e.getMessage());
            }
        }
    }

    /** What Redis does not hear of is counted as it was reserved; leases run out. */
    @Override
    public void settle(Hold hold, long[] taken) {
        held.end(hold);
        try {
            asked(settling(hold, taken), late -> {});
        } catch (StoreAway e) {
            unsettled(e.getMessage());
        }
    }

    private static void unsettled(@Nullable String why) {
        System.getLogger(RedisStore.class.getName())
                .log(System.Logger.Level.DEBUG, "a call was not settled: {0}", why);
    }

    private Step<Object> settling(Hold hold, long[] taken) {
        List<String> arguments = new ArrayList<>(3 + 4 * taken.length);
        arguments.add(Long.toString(clock.getAsLong()));
        arguments.add(hold.id());
        arguments.add(Long.toString(hold.atMillis()));
        for (int i = 0; i < taken.length; i++) {
            Charge charge = hold.charges().get(i);
            arguments.add(Integer.toString(charge.limit().span().parts()));
            arguments.add(Long.toString(charge.limit().span().partMillis()));
            arguments.add(Long.toString(charge.amount()));
            arguments.add(Long.toString(taken[i]));
        }
        return redis -> settle.run(redis, keys(hold.charges()), arguments);
    }

    /** What is done with a connection. */
    @FunctionalInterface
    private interface Step<T> {
        T run(Jedis redis);
    }

    private <T> T asked(Step<T> step, Consumer<T> late) {
        if (circuit.open()) {
            throw new StoreAway("Redis is away");
        }
        try {
            return new Bounded<T>(() -> connections.with(step::run), late)
                    .within(settings.patience());
        } catch (StoreAway e) {
            circuit.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private boolean answers() {
        connections.drop();
        try {
            return connections.with(Jedis::ping).equals("PONG");
        } catch (JedisException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A failure is no more than a delay: the next time is soon enough, three to a lease. */
    private void renewAll() {
        if (circuit.open()) {
            return;
        }
        try {
            held.renew(this::renew, this::release);
        } catch (JedisException e) {
            circuit.failed(String.valueOf(e.getMessage()));
        }
    }

    private void renew(List<String> keys, List<String> ids) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(clock.getAsLong()));
        arguments.add(Long.toString(settings.lease().toMillis()));
        arguments.addAll(ids);
        directly(redis -> renew.run(redis, keys, arguments));
    }

    private void release(String key, String id) {
        directly(redis -> redis.zrem(key, id));
    }

    /** On a thread of ours, whether the circuit is open or not. */
    private <T> void directly(Step<T> step) {
        try {
            connections.with(step::run);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        connections.close();
    }
}
