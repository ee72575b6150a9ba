package dev.tandem.runtime;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The long run of a fuzz test: {@code -Dtandem.fuzz.seconds=300}; without it there is none. */
public final class Fuzzing {
    private Fuzzing() {}

    /** One try, all of whose chances come from the seed. */
    @FunctionalInterface
    public interface Try {
        /** Fails with the seed in its message. */
        void run(long seed) throws Exception;
    }

    /** What must hold whatever was tried. */
    @FunctionalInterface
    public interface Check {
        /** Fails where it does not. */
        void run() throws Exception;
    }

    /**
     * Tries until the time is up.
     *
     * @param atOnce tries beside each other
     * @param between what must hold after each such lot
     */
    public static void asLongAsIsAsked(int atOnce, Try check, Check between) throws Exception {
        long seconds = Long.getLong("tandem.fuzz.seconds", 0);
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        SplittableRandom seeds = new SplittableRandom();
        long tries = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (System.nanoTime() - end < 0) {
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < atOnce; i++) {
                    long seed = seeds.nextLong();
                    running.add(
                            threads.submit(() -> {
                                check.run(seed);
                                return null;
                            }));
                }
                for (Future<?> each : running) {
                    each.get();
                }
                between.run();
                tries += atOnce;
            }
        }
        if (seconds > 0) {
            System.getLogger("fuzz").log(Level.INFO, tries + " tries");
        }
    }
}
