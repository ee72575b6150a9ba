package dev.tandem.gateway.engine;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.doctor.Finding;
import dev.tandem.remote.TandemConnection;
import dev.tandem.remote.TandemEngine;
import dev.tandem.remote.TandemSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Other Tandems, over gRPC. */
final class TandemKind implements Kind<TandemKind.Settings> {
    /**
     * How it is asked.
     *
     * @param model that server's name of the model whose facts are told
     */
    record Settings(TandemSettings server, String model) {}

    private static final Key<Path> CA =
            Key.of("ca", Types.path("a PEM file"), "The authorities that sign its certificate.");
    private static final Key<Path> CERT =
            Key.of("cert", Types.path("a PEM file"), "The certificate to show, for mutual TLS.");
    private static final Key<Path> KEY =
            Key.of("key", Types.path("a PEM file"), "The private key of that certificate.");

    @Override
    public String name() {
        return "tandem";
    }

    @Override
    public List<Key<?>> keys() {
        return List.of(
                EngineKeys.URL,
                EngineKeys.API_KEY,
                EngineKeys.MODEL,
                CA,
                CERT,
                KEY,
                EngineKeys.LIMITS);
    }

    @Override
    public Settings read(Values in) {
        URI address = EngineKeys.url(in);
        EngineKeys.Limits limits = EngineKeys.limits(in);
        TandemSettings server =
                EngineKeys.checked(
                        in,
                        () ->
                                new TandemSettings(
                                        address,
                                        in.find(EngineKeys.API_KEY).orElse(null),
                                        new TandemSettings.Tls(
                                                in.find(CA).orElse(null),
                                                in.find(CERT).orElse(null),
                                                in.find(KEY).orElse(null)),
                                        new TandemSettings.Limits(
                                                TandemSettings.Limits.DEFAULT.connect(),
                                                limits.first(),
                                                limits.gap(),
                                                limits.size()),
                                        TandemSettings.Keepalive.DEFAULT),
                        () -> TandemSettings.of(EngineKeys.NOWHERE));
        return new Settings(server, in.find(EngineKeys.MODEL).orElse("default"));
    }

    @Override
    public Opened open(String name, Settings settings, Workshop workshop)
            throws UnusableEngineException {
        TandemConnection connection = connect(name, settings);
        return Opened.ready(new TandemEngine(connection, settings.model()), connection::close);
    }

    private static TandemConnection connect(String name, Settings settings)
            throws UnusableEngineException {
        try {
            return TandemConnection.open(settings.server());
        } catch (IllegalArgumentException e) {
            throw new UnusableEngineException("engines." + name + ": " + e.getMessage() + ".", e);
        }
    }

    @Override
    public Finding look(String name, Settings settings, Workshop workshop)
            throws InterruptedException {
        try (TandemConnection connection = connect(name, settings);
                TandemEngine engine = new TandemEngine(connection, settings.model())) {
            return Probe.of(
                    name,
                    call ->
                            "%s answers, and has %d models."
                                    .formatted(
                                            settings.server().address().getHost(),
                                            engine.models(call).size()));
        } catch (UnusableEngineException e) {
            return Finding.problem(
                    "engine " + name, String.valueOf(e.getMessage()), "Correct its files.");
        }
    }
}
