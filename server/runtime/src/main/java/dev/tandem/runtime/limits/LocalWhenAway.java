package dev.tandem.runtime.limits;

import java.util.List;

/** Counts here what another store, which is away, cannot count: with the limits of one server. */
public final class LocalWhenAway implements LimitStore {
    private final LimitStore shared;
    private final LimitStore local = new MemoryStore();

    /**
     * @param shared asked first; closed with this
     */
    public LocalWhenAway(LimitStore shared) {
        this.shared = shared;
    }

    @Override
    public Reservation reserve(List<Charge> charges) {
        try {
            return shared.reserve(charges);
        } catch (StoreAway e) {
            return local.reserve(charges);
        }
    }

    @Override
    public void settle(Hold hold, long[] taken) {
        hold.store().settle(hold, taken);
    }

    @Override
    public void close() {
        shared.close();
        local.close();
    }
}
