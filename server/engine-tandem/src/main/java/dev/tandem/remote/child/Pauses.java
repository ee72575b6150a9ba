package dev.tandem.remote.child;

import java.time.Duration;

/** How long to wait before a child is started again. Used by one thread. */
final class Pauses {
    private final ChildSettings.Restarts restarts;
    private Duration next;

    Pauses(ChildSettings.Restarts restarts) {
        this.restarts = restarts;
        next = restarts.first();
    }

    /** The pause after a child that ran so long. */
    Duration after(Duration ran) {
        if (ran.compareTo(restarts.steady()) >= 0) {
            next = restarts.first();
        }
        Duration pause = next.compareTo(restarts.most()) < 0 ? next : restarts.most();
        next = pause.multipliedBy(2);
        return pause;
    }
}
