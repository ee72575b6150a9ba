package dev.tandem.upstream.ollama;

import dev.tandem.runtime.auth.Secret;
import dev.tandem.upstream.ask.BaseAddress;
import dev.tandem.upstream.ask.Limits;
import dev.tandem.upstream.ask.Passing;
import dev.tandem.v1.Capability;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an engine asks one server that speaks Ollama's own API. Its text shows no key.
 *
 * @param address below which {@code /api} is: {@code http://127.0.0.1:11434}; no query, no user
 * @param key sent as {@code authorization: Bearer …}, for a server behind something that wants it;
 *     null for none
 * @param model what is said of the model
 * @param dialect how the server is asked
 * @param passing what goes through beyond the contract; {@link #PASSING} unless told
 * @param limits how long and how large an answer may be
 */
public record OllamaSettings(
        URI address,
        @Nullable Secret key,
        Facts model,
        Dialect dialect,
        Passing passing,
        Limits limits) {
    /**
     * What goes through unless told otherwise: {@code top_k}, {@code min_p} and {@code
     * repeat_penalty} of requests, as the server's options; {@code reasoning_content} both ways,
     * which the server calls {@code thinking}. A request's {@code think} and {@code keep_alive},
     * where allowed, stand beside the options; any other name is one of the options.
     */
    public static final Passing PASSING =
            new Passing(
                    Set.of("top_k", "min_p", "repeat_penalty", "think"),
                    Set.of("reasoning_content"),
                    Set.of("reasoning_content"),
                    Set.of());

    /** Options that are made of the contract's fields; no extra may bring them. */
    private static final Set<String> OWN =
            Set.of(
                    "temperature",
                    "top_p",
                    "seed",
                    "stop",
                    "num_predict",
                    "num_ctx",
                    "presence_penalty",
                    "frequency_penalty");

    /**
     * What is said of the model.
     *
     * @param name the server's name of it, by which its capabilities and its context's length are
     *     asked for; null where they are not, unless told
     * @param owner who runs the model, for the list of models; {@code ollama} unless told
     * @param capabilities chat, embedding or both; empty, where the server is asked, unless told
     * @param contextLength in tokens, sent as {@code num_ctx}; empty, where the server has its own,
     *     unless told
     */
    public record Facts(
            @Nullable String name,
            String owner,
            Optional<Set<Capability>> capabilities,
            OptionalInt contextLength) {
        private static final Set<Capability> POSSIBLE =
                Set.of(Capability.CAPABILITY_CHAT, Capability.CAPABILITY_EMBEDDING);

        /** Those that hold unless told otherwise. */
        public static final Facts DEFAULT =
                new Facts(null, "ollama", Optional.empty(), OptionalInt.empty());

        public Facts {
            capabilities = capabilities.map(Set::copyOf);
            if (!capabilities.map(POSSIBLE::containsAll).orElse(true)) {
                throw new IllegalArgumentException("capabilities can be chat and embedding");
            }
            if (contextLength.isPresent() && contextLength.getAsInt() < 1) {
                throw new IllegalArgumentException("contextLength must be at least 1");
            }
        }
    }

    /**
     * How the server is asked.
     *
     * @param keepAlive how long the server keeps a model in memory behind a request, 0 to 365 days;
     *     empty, where the server has its own time, unless told
     * @param managed may an operator load, unload and pull models? true unless told
     * @param pull the longest time without news of a pull; 1 s to 24 h, 5 min unless told
     * @param pullHosts from which the server may pull models, in lower case, with the port where a
     *     model's name has one; {@code registry.ollama.ai}, which is meant where a name has no
     *     host, unless told
     */
    public record Dialect(
            Optional<Duration> keepAlive, boolean managed, Duration pull, Set<String> pullHosts) {
        private static final Duration LONGEST_KEPT = Duration.ofDays(365);
        private static final Duration LONGEST_PULL = Duration.ofHours(24);

        /** That which holds unless told otherwise. */
        public static final Dialect DEFAULT =
                new Dialect(
                        Optional.empty(),
                        true,
                        Duration.ofMinutes(5),
                        Set.of(PullNames.USUAL_HOST));

        public Dialect {
            pullHosts = Set.copyOf(pullHosts);
            if (keepAlive.filter(Dialect::isNoTime).isPresent()) {
                throw new IllegalArgumentException("keepAlive must be 0 to 365 days");
            }
            if (pull.toSeconds() < 1 || pull.compareTo(LONGEST_PULL) > 0) {
                throw new IllegalArgumentException("pull must be 1 s to 24 h");
            }
        }

        private static boolean isNoTime(Duration kept) {
            return kept.isNegative() || kept.compareTo(LONGEST_KEPT) > 0;
        }
    }

    public OllamaSettings {
        BaseAddress.check(address);
        for (String name : passing.request()) {
            if (OWN.contains(name)) {
                throw new IllegalArgumentException(
                        "`" + name + "` is made of the contract's fields and cannot go through");
            }
        }
        if (!passing.imageHosts().isEmpty()) {
            throw new IllegalArgumentException(
                    "the server fetches no images: image hosts can be named for others only");
        }
    }

    /** A server with nothing else told. */
    public static OllamaSettings of(URI address) {
        return new OllamaSettings(
                address, null, Facts.DEFAULT, Dialect.DEFAULT, PASSING, Limits.DEFAULT);
    }

    /** The same with a key. */
    public OllamaSettings key(Secret other) {
        return new OllamaSettings(address, other, model, dialect, passing, limits);
    }

    /** The same with other facts. */
    public OllamaSettings model(Facts other) {
        return new OllamaSettings(address, key, other, dialect, passing, limits);
    }

    /** The same with another dialect. */
    public OllamaSettings dialect(Dialect other) {
        return new OllamaSettings(address, key, model, other, passing, limits);
    }

    /** The same with other fields that go through. */
    public OllamaSettings passing(Passing other) {
        return new OllamaSettings(address, key, model, dialect, other, limits);
    }

    /** The same with other limits. */
    public OllamaSettings limits(Limits other) {
        return new OllamaSettings(address, key, model, dialect, passing, other);
    }
}
