package dev.tandem.upstream.openai;

import dev.tandem.runtime.auth.Secret;
import dev.tandem.upstream.ask.BaseAddress;
import dev.tandem.upstream.ask.Limits;
import dev.tandem.upstream.ask.Passing;
import dev.tandem.v1.Capability;
import java.net.URI;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an engine asks one server that speaks the OpenAI API. Its text shows no key.
 *
 * @param address below which the API's paths are, with the version: {@code
 *     https://api.example.com/v1}; no query, no user
 * @param key sent as {@code authorization: Bearer …}; null for none
 * @param model what is said of the model
 * @param dialect what the server understands
 * @param passing what goes through beyond the contract
 * @param limits how long and how large an answer may be
 */
public record OpenAiSettings(
        URI address,
        @Nullable Secret key,
        Facts model,
        Dialect dialect,
        Passing passing,
        Limits limits) {
    /**
     * What the server does not tell of itself.
     *
     * @param kind for metrics and the log, by OpenTelemetry's names of providers; {@code openai}
     *     unless told
     * @param owner who runs the model, for the list of models; {@code upstream} unless told
     * @param capabilities chat, completion, embedding or some of them; chat unless told
     * @param contextLength in tokens; empty, where it is not known, unless told
     */
    public record Facts(
            String kind, String owner, Set<Capability> capabilities, OptionalInt contextLength) {
        private static final Set<Capability> POSSIBLE =
                Set.of(
                        Capability.CAPABILITY_CHAT,
                        Capability.CAPABILITY_COMPLETION,
                        Capability.CAPABILITY_EMBEDDING);

        /** Those that hold unless told otherwise. */
        public static final Facts DEFAULT =
                new Facts(
                        "openai",
                        "upstream",
                        Set.of(Capability.CAPABILITY_CHAT),
                        OptionalInt.empty());

        public Facts {
            capabilities = Set.copyOf(capabilities);
            if (!POSSIBLE.containsAll(capabilities)) {
                throw new IllegalArgumentException(
                        "capabilities can be chat, completion and embedding");
            }
        }
    }

    /** By which name a limit of tokens is sent in chat requests. */
    public enum TokenLimitName {
        /** The one that the caller used. */
        AS_ASKED,
        /** The older one, which most servers know. */
        MAX_TOKENS,
        /** The newer one, which OpenAI's thinking models insist on. */
        MAX_COMPLETION_TOKENS
    }

    /**
     * What the server understands.
     *
     * @param streams does it answer in events? Otherwise answers come whole, and callers who asked
     *     for a stream get it all at once; true unless told
     * @param asksUsage ask for the usage of streams ({@code stream_options})? Without it answers
     *     are counted by their pieces; true unless told
     * @param tokenLimit as the caller asked, unless told
     */
    public record Dialect(boolean streams, boolean asksUsage, TokenLimitName tokenLimit) {
        /** That which holds unless told otherwise. */
        public static final Dialect DEFAULT = new Dialect(true, true, TokenLimitName.AS_ASKED);
    }

    public OpenAiSettings {
        BaseAddress.check(address);
    }

    /** A server with nothing else told. */
    public static OpenAiSettings of(URI address) {
        return new OpenAiSettings(
                address, null, Facts.DEFAULT, Dialect.DEFAULT, Passing.DEFAULT, Limits.DEFAULT);
    }

    /** The same with a key. */
    public OpenAiSettings key(Secret other) {
        return new OpenAiSettings(address, other, model, dialect, passing, limits);
    }

    /** The same with other facts. */
    public OpenAiSettings model(Facts other) {
        return new OpenAiSettings(address, key, other, dialect, passing, limits);
    }

    /** The same with another dialect. */
    public OpenAiSettings dialect(Dialect other) {
        return new OpenAiSettings(address, key, model, other, passing, limits);
    }

    /** The same with other fields that go through. */
    public OpenAiSettings passing(Passing other) {
        return new OpenAiSettings(address, key, model, dialect, other, limits);
    }

    /** The same with other limits. */
    public OpenAiSettings limits(Limits other) {
        return new OpenAiSettings(address, key, model, dialect, passing, other);
    }
}
