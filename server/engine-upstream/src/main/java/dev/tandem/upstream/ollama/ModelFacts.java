package dev.tandem.upstream.ollama;

import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.upstream.ask.Asking;
import dev.tandem.upstream.ask.JsonObject;
import dev.tandem.upstream.ask.Told;
import dev.tandem.upstream.ollama.OllamaSettings.Facts;
import dev.tandem.v1.Capability;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the model: what the configuration says, else what the server says, which is
 * asked once, by the first call; a failure is tried again after a minute. For all threads.
 */
final class ModelFacts {
    /** Until more is known; the server refuses what its model cannot do. */
    private static final Set<Capability> POSSIBLE =
            Set.of(Capability.CAPABILITY_CHAT, Capability.CAPABILITY_EMBEDDING);

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private record Learnt(Set<Capability> capabilities, OptionalInt contextLength) {}

    private final Facts configured;
    private final Asking asking;
    private final InstantSource clock;
    private volatile @Nullable Learnt learnt;
    private volatile Instant next = Instant.MIN;

    ModelFacts(Facts configured, Asking asking, InstantSource clock) {
        this.configured = configured;
        this.asking = asking;
        this.clock = clock;
    }

    Set<Capability> capabilities() {
        Learnt known = learnt;
        return configured.capabilities().orElse(known == null ? POSSIBLE : known.capabilities());
    }

    OptionalInt contextLength() {
        Learnt known = learnt;
        return configured.contextLength().isPresent() || known == null
                ? configured.contextLength()
                : known.contextLength();
    }

    /** Asks the server where that is worth it. What goes wrong is for the call itself to find. */
    void learn(Call call) throws InterruptedException {
        boolean complete =
                configured.capabilities().isPresent() && configured.contextLength().isPresent();
        Instant now = clock.instant();
        if (configured.name() == null || complete || learnt != null || now.isBefore(next)) {
            return;
        }
        next = now.plus(PAUSE);
        try {
            byte[] request = JsonObject.of("model", configured.name()).bytes();
            Told told = Told.read(asking.whole(asking.post("/api/show", request), call));
            if (told != null) {
                learnt = of(told);
            }
        } catch (ApiException e) {
            call.check(); // it may be that the call is over
        }
    }

    private static Learnt of(Told told) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        if (told.list("capabilities").contains("completion")) {
            capabilities.add(Capability.CAPABILITY_CHAT);
        }
        if (told.list("capabilities").contains("embedding")) {
            capabilities.add(Capability.CAPABILITY_EMBEDDING);
        }
        OptionalInt length = OptionalInt.empty();
        for (Map.Entry<?, ?> info : told.object("model_info").members().entrySet()) {
            if (String.valueOf(info.getKey()).endsWith(".context_length")
                    && info.getValue() instanceof Number number) {
                length = OptionalInt.of(number.intValue());
            }
        }
        return new Learnt(capabilities.isEmpty() ? POSSIBLE : Set.copyOf(capabilities), length);
    }
}
