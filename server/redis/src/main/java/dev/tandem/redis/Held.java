package dev.tandem.redis;

import dev.tandem.runtime.limits.Charge;
import dev.tandem.runtime.limits.Hold;
import dev.tandem.runtime.limits.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** What this server holds at once, to be renewed before it runs out. */
final class Held {
    private static final int AT_A_TIME = 200;

    private final Map<String, Hold> holds = new ConcurrentHashMap<>();

    void begin(Hold hold) {
        if (hold.charges().stream().anyMatch(Held::isHeld)) {
            holds.put(hold.id(), hold);
        }
    }

    void end(Hold hold) {
        holds.remove(hold.id());
    }

    /**
     * Renews all, some at a time.
     *
     * @param renew keys, and the id under each
     * @param release takes back what was settled while it was being renewed
     */
    void renew(BiConsumer<List<String>, List<String>> renew, BiConsumer<String, String> release) {
        List<Hold> all = List.copyOf(holds.values());
        for (int i = 0; i < all.size(); i += AT_A_TIME) {
            List<Hold> some = all.subList(i, Math.min(all.size(), i + AT_A_TIME));
            List<String> keys = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            some.forEach(hold -> add(hold, keys, ids));
            renew.accept(keys, ids);
            for (int k = 0; k < keys.size(); k++) {
                if (!holds.containsKey(ids.get(k))) {
                    release.accept(keys.get(k), ids.get(k));
                }
            }
        }
    }

    private static void add(Hold hold, List<String> keys, List<String> ids) {
        for (Charge charge : hold.charges()) {
            if (isHeld(charge)) {
                keys.add(RedisStore.key(charge));
                ids.add(hold.id());
            }
        }
    }

    private static boolean isHeld(Charge charge) {
        return charge.limit().span() == Span.AT_ONCE;
    }
}
