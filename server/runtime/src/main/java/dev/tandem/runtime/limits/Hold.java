package dev.tandem.runtime.limits;

import java.util.List;

/**
 * What was reserved, to be settled once.
 *
 * @param id one of a kind among all servers that share the limits
 * @param charges as they were asked for
 * @param atMillis when, by the clock of the store
 * @param store who settles it
 */
public record Hold(String id, List<Charge> charges, long atMillis, LimitStore store) {
    public Hold {
        charges = List.copyOf(charges);
    }
}
