package dev.tandem.gateway.engine;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.upstream.http.Origin;
import dev.tandem.upstream.ollama.OllamaEngine;
import dev.tandem.upstream.ollama.OllamaSettings;
import dev.tandem.upstream.ollama.OllamaSettings.Dialect;
import dev.tandem.upstream.ollama.OllamaSettings.Facts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Ollama, by its own API. */
final class OllamaKind implements Kind<OllamaSettings> {
    private static final Key<Duration> KEEP_ALIVE =
            Key.of(
                            "keep_alive",
                            Types.time(Duration.ZERO, Duration.ofDays(365)),
                            "How long it keeps a model in memory behind a request.")
                    .otherwise("its own time");
    private static final Key<Boolean> MANAGED =
            Key.of("managed", Types.onOff(), "May operators load, unload and fetch its models?")
                    .fallback(true);

    private static final Key<List<String>> PULL_HOSTS =
            EngineKeys.names("pull_hosts", "hosts", "From which hosts it may fetch models.");

    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public List<Key<?>> keys() {
        return List.of(
                EngineKeys.URL,
                EngineKeys.API_KEY,
                EngineKeys.MODEL,
                EngineKeys.CAPABILITIES,
                EngineKeys.CONTEXT,
                EngineKeys.OWNER,
                KEEP_ALIVE,
                MANAGED,
                PULL_HOSTS,
                PassingKeys.REQUEST,
                PassingKeys.MESSAGE,
                PassingKeys.ANSWER,
                EngineKeys.LIMITS);
    }

    @Override
    public OllamaSettings read(Values in) {
        URI address = EngineKeys.url(in);
        return EngineKeys.checked(
                in,
                () ->
                        new OllamaSettings(
                                address,
                                in.find(EngineKeys.API_KEY).orElse(null),
                                facts(in),
                                new Dialect(
                                        in.find(KEEP_ALIVE),
                                        in.get(MANAGED),
                                        Dialect.DEFAULT.pull(),
                                        in.find(PULL_HOSTS)
                                                .map(Set::copyOf)
                                                .orElse(Dialect.DEFAULT.pullHosts())),
                                PassingKeys.passing(in, OllamaSettings.PASSING),
                                PassingKeys.limits(in)),
                () -> OllamaSettings.of(EngineKeys.NOWHERE));
    }

    private static Facts facts(Values in) {
        return new Facts(
                in.find(EngineKeys.MODEL).orElse(null),
                in.find(EngineKeys.OWNER).orElse(Facts.DEFAULT.owner()),
                in.told(EngineKeys.CAPABILITIES)
                        ? Optional.of(EngineKeys.capabilities(in))
                        : Optional.empty(),
                in.find(EngineKeys.CONTEXT).map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    @Override
    public Opened open(String name, OllamaSettings settings, Workshop workshop) {
        Origin origin = Origin.of(settings.address());
        OllamaEngine engine =
                new OllamaEngine(settings, workshop.http().take(origin), workshop.clock());
        return Opened.ready(engine, () -> workshop.http().release(origin));
    }

    @Override
    public Finding look(String name, OllamaSettings settings, Workshop workshop)
            throws InterruptedException {
        return settings.dialect().managed()
                ? asked(name, settings, workshop)
                : Reach.look(name, settings.address());
    }

    private Finding asked(String name, OllamaSettings settings, Workshop workshop)
            throws InterruptedException {
        Opened opened = open(name, settings, workshop);
        try (OllamaEngine engine = (OllamaEngine) opened.engine()) {
            return Probe.of(
                    name,
                    call ->
                            "%s answers, and has %d models."
                                    .formatted(
                                            settings.address().getHost(),
                                            engine.host().orElseThrow().models(call).size()));
        } finally {
            opened.release().run();
        }
    }
}
