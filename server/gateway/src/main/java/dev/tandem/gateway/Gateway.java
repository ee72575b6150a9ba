package dev.tandem.gateway;

import dev.tandem.engines.EngineReasons;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.service.AnswerIds;
import dev.tandem.gateway.service.ChatService;
import dev.tandem.gateway.service.CompletionService;
import dev.tandem.gateway.service.EmbeddingService;
import dev.tandem.gateway.service.ModelService;
import dev.tandem.gateway.service.RerankService;
import dev.tandem.gateway.service.TokenService;
import dev.tandem.gateway.service.UsageListener;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.ServerBuilder;
import dev.tandem.runtime.call.Service;
import dev.tandem.transcoding.openapi.About;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/** The gateway put together: models in, a server out. */
public final class Gateway {
    private final GatewaySettings settings;
    private final Models models;
    private final List<Service> services;

    /** With the clock and the random numbers of this machine. */
    public Gateway(GatewaySettings settings, Models models, UsageListener usage) {
        this(settings, models, usage, InstantSource.system(), new AnswerIds());
    }

    /**
     * @param models stay the caller's, who closes them after the server
     * @param usage is told what each call of a model took
     * @param ids makes the ids of answers, by their kind: {@code chatcmpl}
     */
    public Gateway(
            GatewaySettings settings,
            Models models,
            UsageListener usage,
            InstantSource clock,
            UnaryOperator<String> ids) {
        this.settings = settings;
        this.models = models;
        this.services =
                List.of(
                        new ChatService(models, clock, ids, usage).service(),
                        new CompletionService(models, clock, ids, usage).service(),
                        new EmbeddingService(models, usage).service(),
                        new RerankService(models, ids, usage).service(),
                        new TokenService(models).service(),
                        new ModelService(models).service());
    }

    /** Listens. The caller closes the server, which drains it. */
    public Server start() {
        return builder().start();
    }

    /** What the server is made of, for who starts it in another way. */
    ServerBuilder builder() {
        ServerBuilder server =
                Server.builder()
                        .host(settings.host())
                        .port(settings.port())
                        .allowedHosts(settings.allowedHosts())
                        .maxRequestBytes(settings.maxRequestBytes())
                        .heartbeat(settings.heartbeat())
                        .drainLimit(settings.drain())
                        .drainDelay(settings.drainDelay())
                        .timeLimits(settings.timeLimits())
                        .limits(settings.limits())
                        .ready(models::ready)
                        .about(about())
                        .reasons(EngineReasons.ALL);
        settings.tls().ifPresent(server::tls);
        services.forEach(server::service);
        return server;
    }

    private static About about() {
        String version = Gateway.class.getPackage().getImplementationVersion();
        return new About(
                "Tandem",
                version == null ? "unreleased" : version,
                "An inference server with the OpenAI API, served as REST with server-sent events and as gRPC.",
                "Apache-2.0");
    }
}
