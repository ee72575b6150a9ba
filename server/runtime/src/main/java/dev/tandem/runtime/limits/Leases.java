package dev.tandem.runtime.limits;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who has a share of what is limited at once, each until a time. For use under a lock. */
final class Leases {
    private final Map<String, Long> untilById = new LinkedHashMap<>();

    /** Forgets those that have run out. */
    void advance(long millis) {
        Iterator<Long> oldestFirst = untilById.values().iterator(); // all last equally long
        while (oldestFirst.hasNext() && oldestFirst.next() <= millis) {
            oldestFirst.remove();
        }
    }

    int count() {
        return untilById.size();
    }

    void add(String id, long until) {
        untilById.put(id, until);
    }

    void remove(String id) {
        untilById.remove(id);
    }
}
