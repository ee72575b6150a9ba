package dev.tandem.gateway.engine;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.upstream.anthropic.AnthropicEngine;
import dev.tandem.upstream.anthropic.AnthropicSettings;
import dev.tandem.upstream.anthropic.AnthropicSettings.Dialect;
import dev.tandem.upstream.anthropic.AnthropicSettings.Facts;
import dev.tandem.upstream.anthropic.AnthropicSettings.Structured;
import dev.tandem.upstream.http.Origin;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;

/** Servers that speak Anthropic's Messages API. */
final class AnthropicKind implements Kind<AnthropicSettings> {
    private static final Key<String> VERSION =
            Key.of(
                            "version",
                            Types.text("a version as 2023-06-01", "[A-Za-z0-9._-]{1,100}"),
                            "Sent as `anthropic-version`.")
                    .fallback(Dialect.DEFAULT.version());
    private static final Key<List<String>> BETAS =
            EngineKeys.names("betas", "betas", "Sent as `anthropic-beta`.");
    private static final Key<Integer> MAX_TOKENS =
            Key.of(
                            "max_tokens",
                            Types.integer(1, 1_000_000),
                            "The limit of tokens of requests that set none.")
                    .fallback(Dialect.DEFAULT.maxTokens());
    private static final Key<Structured> STRUCTURED =
            Key.of(
                            "structured",
                            Types.oneOf(Structured.class),
                            "How answers are held to a JSON Schema.")
                    .fallback(Dialect.DEFAULT.structured());

    @Override
    public String name() {
        return "anthropic";
    }

    @Override
    public List<Key<?>> keys() {
        return List.of(
                EngineKeys.URL,
                EngineKeys.API_KEY,
                EngineKeys.CONTEXT,
                EngineKeys.OWNER,
                PassingKeys.PROVIDER,
                VERSION,
                BETAS,
                MAX_TOKENS,
                STRUCTURED,
                PassingKeys.REQUEST,
                PassingKeys.MESSAGE,
                PassingKeys.ANSWER,
                EngineKeys.IMAGE_HOSTS,
                EngineKeys.LIMITS);
    }

    @Override
    public AnthropicSettings read(Values in) {
        URI address = EngineKeys.url(in);
        return EngineKeys.checked(
                in,
                () ->
                        new AnthropicSettings(
                                address,
                                in.find(EngineKeys.API_KEY).orElse(null),
                                new Facts(
                                        in.find(PassingKeys.PROVIDER).orElse(Facts.DEFAULT.kind()),
                                        in.find(EngineKeys.OWNER).orElse(Facts.DEFAULT.owner()),
                                        in.find(EngineKeys.CONTEXT)
                                                .map(OptionalInt::of)
                                                .orElse(OptionalInt.empty())),
                                new Dialect(
                                        in.get(VERSION),
                                        in.find(BETAS).orElse(List.of()),
                                        in.get(MAX_TOKENS),
                                        in.get(STRUCTURED)),
                                PassingKeys.passing(in, AnthropicSettings.PASSING),
                                PassingKeys.limits(in)),
                () -> AnthropicSettings.of(EngineKeys.NOWHERE));
    }

    @Override
    public Opened open(String name, AnthropicSettings settings, Workshop workshop) {
        Origin origin = Origin.of(settings.address());
        AnthropicEngine engine =
                new AnthropicEngine(settings, workshop.http().take(origin), workshop.clock());
        return Opened.ready(engine, () -> workshop.http().release(origin));
    }

    @Override
    public Finding look(String name, AnthropicSettings settings, Workshop workshop) {
        return Reach.look(name, settings.address());
    }
}
