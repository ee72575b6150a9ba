package dev.tandem.runtime.wire.connection;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The actions that wait for a client to leave. Any thread may add, close and fire; each action runs
 * at most once.
 */
public final class GoneActions {
    private final Set<Action> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean fired;

    /**
     * Keeps the action until {@link #fire()}, or starts it if that has happened; close the result
     * to forget it.
     */
    public Registration add(Runnable action) {
        Action added = new Action(action, waiting);
        waiting.add(added);
        if (fired) {
            added.start();
        }
        return added;
    }

    /**
     * The client left: starts every action, each on a virtual thread of its own, so this never
     * blocks.
     */
    public void fire() {
        fired = true;
        waiting.forEach(Action::start);
    }

    /** Nobody will leave any more. */
    public void forget() {
        waiting.clear();
    }

    private static final class Action implements Registration {
        private final Runnable task;
        private final Set<Action> waiting;
        private final AtomicBoolean done = new AtomicBoolean();

        Action(Runnable task, Set<Action> waiting) {
            this.task = task;
            this.waiting = waiting;
        }

        void start() {
            waiting.remove(this);
            if (done.compareAndSet(false, true)) {
                Thread.ofVirtual().name("client-gone").start(task);
            }
        }

        @Override
        public void close() {
            done.set(true);
            waiting.remove(this);
        }
    }
}
