package dev.tandem.runtime.limits;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts in this process. Calls of different accounts do not wait for each other; an account is
 * forgotten when nothing of it counts any more.
 */
public final class MemoryStore implements LimitStore {
    private static final long SWEEP_EVERY = 4096; // reservations
    private static final long FOR_EVER = Long.MAX_VALUE;
    private static final Comparator<Account> BY_NUMBER = Comparator.comparingLong(Account::number);

    private final LongSupplier clock;
    private final long leaseMillis;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong ids = new AtomicLong();

    /** Leases last until they are settled, by a clock that never goes back. */
    public MemoryStore() {
        this(steady(), FOR_EVER);
    }

    /**
     * @param clock milliseconds since 1970
     * @param leaseMillis after which a share of what is limited at once is free again, settled or
     *     not
     */
    public MemoryStore(LongSupplier clock, long leaseMillis) {
        this.clock = clock;
        this.leaseMillis = leaseMillis;
    }

    private static LongSupplier steady() {
        long begin = System.currentTimeMillis();
        long nanos = System.nanoTime();
        return () -> begin + (System.nanoTime() - nanos) / 1_000_000;
    }

    @Override
    public Reservation reserve(List<Charge> charges) {
        long count = ids.incrementAndGet();
        long now = clock.getAsLong();
        if (count % SWEEP_EVERY == 0) {
            accounts.values().removeIf(account -> account.forget(now));
        }
        Account[] touched = locked(charges);
        try {
            return reserve(charges, touched, Long.toString(count), now);
        } finally {
            unlock(touched);
        }
    }

    private Reservation reserve(List<Charge> charges, Account[] touched, String id, long now) {
        Level[] levels = new Level[touched.length];
        boolean refused = false;
        for (int i = 0; i < levels.length; i++) {
            Charge charge = charges.get(i);
            levels[i] = touched[i].level(charge.limit(), charge.amount(), now);
            refused |= levels[i].refuses();
        }
        if (refused) {
            return new Reservation(null, List.of(levels));
        }
        long until = leaseMillis == FOR_EVER ? FOR_EVER : now + leaseMillis;
        for (int i = 0; i < levels.length; i++) {
            Charge charge = charges.get(i);
            touched[i].take(charge, id, now, until);
            levels[i] = touched[i].level(charge.limit(), 0, now);
        }
        return new Reservation(new Hold(id, charges, now, this), List.of(levels));
    }

    @Override
    public void settle(Hold hold, long[] taken) {
        long now = clock.getAsLong();
        Account[] touched = locked(hold.charges());
        try {
            for (int i = 0; i < taken.length; i++) {
                touched[i].settle(hold.charges().get(i), hold, taken[i], now);
            }
        } finally {
            unlock(touched);
        }
    }

    /**
     * The account of each charge, locked; always in the same order, so that nobody waits in a ring.
     */
    private Account[] locked(List<Charge> charges) {
        while (true) {
            Account[] touched = new Account[charges.size()];
            for (int i = 0; i < touched.length; i++) {
                touched[i] = account(charges.get(i).account());
            }
            if (lock(touched)) {
                return touched;
            }
        }
    }

    private Account account(String name) {
        Account known = accounts.get(name);
        return known != null
                ? known
                : accounts.computeIfAbsent(name, made -> new Account(numbers.incrementAndGet()));
    }

    private boolean lock(Account[] touched) {
        Account[] order = touched.clone();
        Arrays.sort(order, BY_NUMBER);
        for (int i = 0; i < order.length; i++) {
            if (!order[i].lock()) {
                unlock(Arrays.copyOf(order, i));
                accounts.values().remove(order[i]);
                return false;
            }
        }
        return true;
    }

    private static void unlock(Account[] touched) {
        for (Account account : touched) {
            account.unlock();
        }
    }

    /** How many accounts something is counted of: for those who watch its memory. */
    int accounts() {
        return accounts.size();
    }

    @Override
    public void close() {
        accounts.clear();
    }
}
