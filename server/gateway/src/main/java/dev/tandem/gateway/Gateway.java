package dev.tandem.gateway;

import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.service.ChatService;
import dev.tandem.gateway.service.CompletionIds;
import dev.tandem.gateway.service.ModelService;
import dev.tandem.gateway.service.UsageListener;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.ServerBuilder;
import dev.tandem.runtime.call.Service;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** The gateway put together: models in, a server out. */
public final class Gateway {
    private final GatewaySettings settings;
    private final Models models;
    private final List<Service> services;

    /** With the clock and the random numbers of this machine. */
    public Gateway(GatewaySettings settings, Models models, UsageListener usage) {
        this(settings, models, usage, InstantSource.system(), new CompletionIds());
    }

    /**
     * @param models stay the caller's, who closes them after the server
     * @param usage is told what each chat call took
     * @param ids makes the ids of answers
     */
    public Gateway(
            GatewaySettings settings,
            Models models,
            UsageListener usage,
            InstantSource clock,
            Supplier<String> ids) {
        this.settings = settings;
        this.models = models;
        this.services =
                List.of(
                        new ChatService(models, clock, ids, usage).service(),
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
                        .ready(models::ready);
        services.forEach(server::service);
        return server;
    }
}
