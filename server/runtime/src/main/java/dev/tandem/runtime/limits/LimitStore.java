package dev.tandem.runtime.limits;

import java.util.List;

/** Where is counted what callers take. Safe for use by any thread. */
public interface LimitStore extends AutoCloseable {
    /**
     * Takes all of it or nothing.
     *
     * @param charges each about another limit; none asks for more than its limit
     * @throws StoreAway where it is not known and shall not be guessed
     */
    Reservation reserve(List<Charge> charges);

    /**
     * Puts what was really taken in the place of what was reserved, and frees what was held at
     * once. To be called once for each hold. Never fails: what cannot be told is counted as it was
     * reserved.
     *
     * @param taken for each charge, in their order; what exceeds the reservation counts from now on
     */
    void settle(Hold hold, long[] taken);

    /** Ends what it keeps running or open. */
    @Override
    void close();
}
