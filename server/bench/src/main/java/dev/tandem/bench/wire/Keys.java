package dev.tandem.bench.wire;

import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The callers that the server under test knows, and their keys. */
public final class Keys {
    private static final int CALLERS = 8;

    /** The limits that they have. */
    static final String LIMITS = "plenty";

    private Keys() {}

    /** What a caller shows: as long as a key, and none of a real server. */
    public static String text(int caller) {
        return "bench-".repeat(8) + "key-" + caller;
    }

    /** All of them, for one model and with limits of a name. */
    static List<KeyEntry> all() {
        return IntStream.range(0, CALLERS).mapToObj(Keys::entry).toList();
    }

    private static KeyEntry entry(int caller) {
        return new KeyEntry(
                "caller-" + caller,
                KeyHash.of(Secret.of(text(caller))),
                Set.of("inference"),
                Map.of(Caller.LIMITS, List.of(LIMITS), "models", List.of(BenchEngine.MODEL)),
                Instant.EPOCH,
                null,
                null);
    }
}
