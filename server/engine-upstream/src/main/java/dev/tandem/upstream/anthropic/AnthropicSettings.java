package dev.tandem.upstream.anthropic;

import dev.tandem.runtime.auth.Secret;
import dev.tandem.upstream.ask.BaseAddress;
import dev.tandem.upstream.ask.Limits;
import dev.tandem.upstream.ask.Passing;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an engine asks one server that speaks Anthropic's Messages API. Its text shows no key.
 *
 * @param address below which the API's paths are, with the version: {@code
 *     https://api.anthropic.com/v1}; no query, no user
 * @param key sent as {@code x-api-key}; null for none
 * @param model what is said of the model
 * @param dialect what the server understands
 * @param passing what goes through beyond the contract; {@link #PASSING} unless told
 * @param limits how long and how large an answer may be
 */
public record AnthropicSettings(
        URI address,
        @Nullable Secret key,
        Facts model,
        Dialect dialect,
        Passing passing,
        Limits limits) {
    /**
     * What goes through unless told otherwise: {@code top_k} and {@code thinking} of requests;
     * {@code cache_control} of a message's parts; {@code thinking_blocks} both ways, with which a
     * later request gives back what the model thought, signed; {@code reasoning_content} of
     * answers. Of messages the latter is always left out: the API takes signed thoughts only.
     */
    public static final Passing PASSING =
            new Passing(
                    Set.of("top_k", "thinking"),
                    Set.of("cache_control", "thinking_blocks"),
                    Set.of("reasoning_content", "thinking_blocks"),
                    Set.of());

    /** Fields of the API that are made of the contract's; no extra may bring them. */
    private static final Set<String> OWN =
            Set.of(
                    "model",
                    "messages",
                    "system",
                    "max_tokens",
                    "stop_sequences",
                    "stream",
                    "temperature",
                    "top_p",
                    "tools",
                    "tool_choice",
                    "output_config",
                    "metadata",
                    "service_tier");

    /**
     * What the server does not tell of itself.
     *
     * @param kind for metrics and the log, by OpenTelemetry's names of providers; {@code anthropic}
     *     unless told
     * @param owner who runs the model, for the list of models; {@code anthropic} unless told
     * @param contextLength in tokens; empty, where it is not known, unless told
     */
    public record Facts(String kind, String owner, OptionalInt contextLength) {
        /** Those that hold unless told otherwise. */
        public static final Facts DEFAULT =
                new Facts("anthropic", "anthropic", OptionalInt.empty());
    }

    /** How an answer is held to a JSON Schema. */
    public enum Structured {
        /**
         * By {@code output_config.format}: the server samples by the schema. Every model since
         * Claude 4.5 has it, with thinking too. Schemas with an object that is not closed are taken
         * as {@link #TOOL} takes them: the API refuses them here.
         */
        FORMAT,
        /**
         * By a tool that must be called and whose input is the answer: for older models and other
         * servers of this API. Not with thinking; the schema must be an object's.
         */
        TOOL
    }

    /**
     * What the server understands.
     *
     * @param version sent as {@code anthropic-version}; {@code 2023-06-01} unless told
     * @param betas sent as {@code anthropic-beta}; none unless told
     * @param maxTokens the limit of tokens of requests that set none, which the API insists on; 1
     *     to 1,000,000, 4096 unless told
     * @param structured how {@code response_format} with a schema is done; {@code FORMAT} unless
     *     told
     */
    public record Dialect(
            String version, List<String> betas, int maxTokens, Structured structured) {
        private static final int MOST_TOKENS = 1_000_000;

        /** That which holds unless told otherwise. */
        public static final Dialect DEFAULT =
                new Dialect("2023-06-01", List.of(), 4096, Structured.FORMAT);

        public Dialect {
            betas = List.copyOf(betas);
            for (String name : betas) {
                named("a beta", name);
            }
            named("version", version);
            if (maxTokens < 1 || maxTokens > MOST_TOKENS) {
                throw new IllegalArgumentException("maxTokens must be 1 to 1000000");
            }
        }

        private static void named(String what, String name) {
            if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
                throw new IllegalArgumentException(
                        what + " must be 1 to 100 letters, digits, dots, dashes and underscores");
            }
        }
    }

    public AnthropicSettings {
        BaseAddress.check(address);
        for (String name : passing.request()) {
            if (OWN.contains(name)) {
                throw new IllegalArgumentException(
                        "`" + name + "` is made of the contract's fields and cannot go through");
            }
        }
    }

    /** A server with nothing else told. */
    public static AnthropicSettings of(URI address) {
        return new AnthropicSettings(
                address, null, Facts.DEFAULT, Dialect.DEFAULT, PASSING, Limits.DEFAULT);
    }

    /** The same with a key. */
    public AnthropicSettings key(Secret other) {
        return new AnthropicSettings(address, other, model, dialect, passing, limits);
    }

    /** The same with other facts. */
    public AnthropicSettings model(Facts other) {
        return new AnthropicSettings(address, key, other, dialect, passing, limits);
    }

    /** The same with another dialect. */
    public AnthropicSettings dialect(Dialect other) {
        return new AnthropicSettings(address, key, model, other, passing, limits);
    }

    /** The same with other fields that go through. */
    public AnthropicSettings passing(Passing other) {
        return new AnthropicSettings(address, key, model, dialect, other, limits);
    }

    /** The same with other limits. */
    public AnthropicSettings limits(Limits other) {
        return new AnthropicSettings(address, key, model, dialect, passing, other);
    }
}
