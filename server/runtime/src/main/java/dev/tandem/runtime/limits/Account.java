package dev.tandem.runtime.limits;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** All that is counted together of one caller, one model or the server. */
final class Account {
    /** When all of what is limited at once may be tried again: nobody knows when a call ends. */
    static final long RETRY_AT_ONCE_MILLIS = 1_000;

    /** In which order accounts are locked. */
    private final long number;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Span, Map<String, Window>> windows = new EnumMap<>(Span.class); // by amount
    private final Map<String, Leases> leases = new HashMap<>(2); // by amount
    private boolean gone;

    Account(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    /** Waits for the account; false, and not locked, where it was forgotten meanwhile. */
    boolean lock() {
        lock.lock();
        if (gone) {
            lock.unlock();
            return false;
        }
        return true;
    }

    void unlock() {
        lock.unlock();
    }

    /** How the limit stands, and whether it allows so much more. */
    Level level(Limit limit, long more, long now) {
        if (limit.span() == Span.AT_ONCE) {
            long left = limit.most() - leases(limit, now).count();
            return new Level(Math.max(0, left), 0, left < more ? RETRY_AT_ONCE_MILLIS : 0);
        }
        Window window = window(limit, now);
        long over = window.sum() + more - limit.most();
        return new Level(
                Math.max(0, limit.most() - window.sum()),
                window.millisUntilEmpty(now),
                more > 0 && over > 0 ? window.millisUntilFreed(over, now) : 0);
    }

    void take(Charge charge, String id, long now, long leaseUntil) {
        if (charge.limit().span() == Span.AT_ONCE) {
            leases(charge.limit(), now).add(id, leaseUntil);
        } else {
            window(charge.limit(), now).add(charge.amount());
        }
    }

    void settle(Charge charge, Hold hold, long taken, long now) {
        if (charge.limit().span() == Span.AT_ONCE) {
            leases(charge.limit(), now).remove(hold.id());
            return;
        }
        Window window = window(charge.limit(), now);
        window.add(taken - charge.amount());
        if (taken < charge.amount()) {
            window.giveBack(charge.amount() - taken, hold.atMillis());
        }
    }

    private Window window(Limit limit, long now) {
        Window window =
                windows.computeIfAbsent(limit.span(), span -> new HashMap<>(2))
                        .computeIfAbsent(limit.amount(), amount -> new Window(limit.span()));
        window.advance(now);
        return window;
    }

    private Leases leases(Limit limit, long now) {
        Leases own = leases.computeIfAbsent(limit.amount(), amount -> new Leases());
        own.advance(now);
        return own;
    }

    /** Where nothing counts any more it is forgotten; true then. */
    boolean forget(long now) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            leases.values().forEach(own -> own.advance(now));
            gone =
                    windows.values().stream()
                                    .flatMap(own -> own.values().stream())
                                    .allMatch(window -> window.emptyAt(now))
                            && leases.values().stream().allMatch(own -> own.count() == 0);
            return gone;
        } finally {
            lock.unlock();
        }
    }
}
