package dev.tandem.llamacpp.loop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The sequences of the context and what is left in their caches. For the computing thread. */
final class Slots {
    private final Decoder decoder;
    private final List<Slot> all;
    private long requests;

    Slots(Decoder decoder, int count) {
        this.decoder = decoder;
        this.all = IntStream.range(0, count).mapToObj(Slot::new).toList();
    }

    /**
     * Takes the slots for a request; the first is where the prompt goes, and may keep the beginning
     * of it in its cache. Otherwise empty ones are taken, the lowest first, because llama.cpp
     * computes neighbours together; then those longest unused, so that caches live as long as
     * possible.
     */
    List<Slot> take(GenerationRequest request) {
        List<Slot> free = new ArrayList<>(all.stream().filter(s -> !s.isTaken()).toList());
        free.sort(
                Comparator.comparingInt((Slot s) -> -reusable(s, request))
                        .thenComparingLong(s -> s.cached().size() == 0 ? 0 : s.freedAt()));
        List<Slot> taken = free.subList(0, request.choices());
        for (Slot slot : taken) {
            int keep = slot == taken.getFirst() ? reusable(slot, request) : 0;
            if (keep == 0 || !decoder.truncate(slot.sequence(), keep)) {
                forget(slot);
            } else {
                slot.cached().truncate(keep);
            }
            slot.take(request.cacheSalt());
        }
        return List.copyOf(taken);
    }

    /**
     * How many tokens of the prompt are cached. The last one is computed anyway: its logits are
     * wanted.
     */
    private static int reusable(Slot slot, GenerationRequest request) {
        return request.mayReusePrefix() && slot.isFor(request.cacheSalt())
                ? Math.min(
                        slot.cached().commonPrefix(request.prompt()), request.prompt().length - 1)
                : 0;
    }

    /** Frees a slot; its cache stays for the next request with the same salt, if there was one. */
    void free(Slot slot) {
        slot.free(++requests);
        if (!slot.mayKeepCache()) {
            forget(slot);
        }
    }

    /** Takes the batch back that was not computed to its end. */
    void takeBack(Slot slot) {
        int keep = slot.computed();
        if (keep > 0 && decoder.truncate(slot.sequence(), keep)) {
            slot.cached().truncate(keep);
        } else {
            forget(slot);
        }
    }

    /** Empties the cache of a slot. */
    void forget(Slot slot) {
        decoder.clear(slot.sequence());
        slot.forgetCache();
    }

    /** Empties every cache, after an error that may have left them half written. */
    void forgetAll() {
        decoder.clearAll();
        all.forEach(Slot::forgetCache);
    }
}
