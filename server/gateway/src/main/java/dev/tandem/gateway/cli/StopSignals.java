package dev.tandem.gateway.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/**
 * SIGTERM and Ctrl-C. The first ends the process with exit code 0, in order: its shutdown hooks
 * drain. A further one interrupts the hook that waits, which then waits no longer.
 */
final class StopSignals {
    private final Thread hook;
    private final Runnable again;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private StopSignals(Thread hook, Runnable again) {
        this.hook = hook;
        this.again = again;
    }

    /**
     * Listens from now on. Where Java lets nobody listen to signals it ends by itself, with exit
     * code 130 or 143, and a further signal changes nothing.
     *
     * @param hook a shutdown hook that ends in order and can be interrupted
     * @param again tells that a further signal came
     */
    static void listen(Thread hook, Runnable again) {
        StopSignals signals = new StopSignals(hook, again);
        Signals.register("TERM", signals::stop);
        Signals.register("INT", signals::stop);
    }

    private void stop() {
        if (stopping.compareAndSet(false, true)) {
            System.exit(0);
        } else {
            again.run();
            hook.interrupt();
        }
    }
}
