package dev.tandem.gateway.engine;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.upstream.ask.Passing;
import dev.tandem.upstream.http.Origin;
import dev.tandem.upstream.openai.OpenAiEngine;
import dev.tandem.upstream.openai.OpenAiSettings;
import dev.tandem.upstream.openai.OpenAiSettings.Dialect;
import dev.tandem.upstream.openai.OpenAiSettings.Facts;
import dev.tandem.upstream.openai.OpenAiSettings.TokenLimitName;
import java.net.URI;
import java.util.List;
import java.util.OptionalInt;

/** Servers that speak the OpenAI API: OpenAI's, vLLM, llama.cpp's, LM Studio, TGI and others. */
final class OpenAiKind implements Kind<OpenAiSettings> {
    private static final Key<Boolean> ASK_USAGE =
            Key.of("ask_usage", Types.onOff(), "Ask for the usage of streams.").fallback(true);
    private static final Key<TokenLimitName> TOKEN_LIMIT =
            Key.of(
                            "token_limit",
                            Types.oneOf(TokenLimitName.class),
                            "By which name a limit of tokens is sent.")
                    .fallback(TokenLimitName.AS_ASKED);

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<Key<?>> keys() {
        return List.of(
                EngineKeys.URL,
                EngineKeys.API_KEY,
                EngineKeys.CAPABILITIES,
                EngineKeys.CONTEXT,
                EngineKeys.OWNER,
                PassingKeys.PROVIDER,
                EngineKeys.STREAM,
                ASK_USAGE,
                TOKEN_LIMIT,
                PassingKeys.REQUEST,
                PassingKeys.MESSAGE,
                PassingKeys.ANSWER,
                EngineKeys.IMAGE_HOSTS,
                EngineKeys.LIMITS);
    }

    @Override
    public OpenAiSettings read(Values in) {
        URI address = EngineKeys.url(in);
        return EngineKeys.checked(
                in,
                () ->
                        new OpenAiSettings(
                                address,
                                in.find(EngineKeys.API_KEY).orElse(null),
                                facts(in),
                                new Dialect(
                                        in.get(EngineKeys.STREAM),
                                        in.get(ASK_USAGE),
                                        in.get(TOKEN_LIMIT)),
                                PassingKeys.passing(in, Passing.DEFAULT),
                                PassingKeys.limits(in)),
                () -> OpenAiSettings.of(EngineKeys.NOWHERE));
    }

    private static Facts facts(Values in) {
        return new Facts(
                in.find(PassingKeys.PROVIDER).orElse(Facts.DEFAULT.kind()),
                in.find(EngineKeys.OWNER).orElse(Facts.DEFAULT.owner()),
                EngineKeys.capabilities(in),
                in.find(EngineKeys.CONTEXT).map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    @Override
    public Opened open(String name, OpenAiSettings settings, Workshop workshop) {
        Origin origin = Origin.of(settings.address());
        OpenAiEngine engine =
                new OpenAiEngine(settings, workshop.http().take(origin), workshop.clock());
        return Opened.ready(engine, () -> workshop.http().release(origin));
    }

    @Override
    public Finding look(String name, OpenAiSettings settings, Workshop workshop)
            throws InterruptedException {
        Opened opened = open(name, settings, workshop);
        try (OpenAiEngine engine = (OpenAiEngine) opened.engine()) {
            return Probe.of(
                    name,
                    call ->
                            "%s answers, and has %d models."
                                    .formatted(
                                            settings.address().getHost(),
                                            engine.models(call).size()));
        } finally {
            opened.release().run();
        }
    }
}
