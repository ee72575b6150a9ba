package dev.tandem.bench.wire;

import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Stands for an engine: one thread that gives each of many streams a token at its time. The streams
 * begin at random moments of their period.
 */
final class Metronome {
    /** Who gets tokens; on the metronome's thread, must not block. */
    @FunctionalInterface
    interface Listener {
        /**
         * A token is there.
         *
         * @param due when it was to be, by {@link System#nanoTime()}
         * @return whether more are wanted
         */
        boolean token(long due);
    }

    private final DelayQueue<Beat> beats = new DelayQueue<>();

    /** Starts the thread, which does not keep the process alive. */
    Metronome() {
        Thread.ofPlatform().daemon().name("metronome").start(this::run);
    }

    /**
     * Gives tokens until no more are wanted.
     *
     * @param count how many at most
     */
    void start(int everyMillis, int count, Listener listener) {
        long period = TimeUnit.MILLISECONDS.toNanos(everyMillis);
        long phase = ThreadLocalRandom.current().nextLong(period);
        beats.add(new Beat(System.nanoTime() + phase, period, count, listener));
    }

    private void run() {
        try {
            while (true) {
                Beat beat = beats.take();
                if (beat.listener.token(beat.due) && beat.left > 1) {
                    beats.add(beat.next());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Beat(long due, long period, int left, Listener listener) implements Delayed {
        Beat next() {
            return new Beat(due + period, period, left - 1, listener);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return other instanceof Beat beat ? Long.compare(due, beat.due) : 0;
        }
    }
}
