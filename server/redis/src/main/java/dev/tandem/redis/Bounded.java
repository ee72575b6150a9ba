package dev.tandem.redis;

import dev.tandem.runtime.limits.StoreAway;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Does a step on a thread of its own, and waits for it no longer than it may: neither a Redis that
 * stands still holds up a call, nor does an interrupt of the call cut the connection.
 *
 * @param <T> what the step gives
 */
final class Bounded<T> {
    /** What is done with Redis. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws InterruptedException;
    }

    private sealed interface Outcome<T> {
        record Done<T>(T value) implements Outcome<T> {}

        record Failed<T>(String why) implements Outcome<T> {}

        record GivenUp<T>() implements Outcome<T> {}
    }

    private final AtomicReference<@Nullable Outcome<T>> outcome = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Step<T> step;
    private final Consumer<T> late;

    /**
     * @param late gets what nobody waits for any more, on the step's thread
     */
    Bounded(Step<T> step, Consumer<T> late) {
        this.step = step;
        this.late = late;
    }

    /**
     * Waits for the step; an interrupt is kept for later.
     *
     * @throws StoreAway where it fails or takes too long
     */
    T within(Duration limit) {
        Thread.ofVirtual().name("redis").start(this::run);
        await(limit);
        Outcome<T> end = outcome.get();
        if (end == null && !outcome.compareAndSet(null, new Outcome.GivenUp<>())) {
            end = outcome.get();
        }
        if (end instanceof Outcome.Done<T>(T value)) {
            return value;
        }
        throw new StoreAway(
                end instanceof Outcome.Failed<T>(String why)
                        ? why
                        : "no answer within " + limit.toMillis() + " ms");
    }

    private void run() {
        Outcome<T> end;
        try {
            end = new Outcome.Done<>(step.run());
        } catch (JedisException e) {
            end = new Outcome.Failed<>(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            end = new Outcome.Failed<>("interrupted"); // nobody interrupts this thread
        }
        boolean inTime = outcome.compareAndSet(null, end);
        over.countDown();
        if (!inTime && end instanceof Outcome.Done<T>(T value)) {
            late.accept(value);
        }
    }

    private void await(Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        boolean interrupted = Thread.interrupted();
        boolean waiting = true;
        while (waiting) {
            try {
                var _ = over.await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                waiting = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
