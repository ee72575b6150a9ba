package dev.tandem.gateway;

import com.google.protobuf.Descriptors.FileDescriptor;
import dev.tandem.engines.EngineReasons;
import dev.tandem.gateway.admin.AdminService;
import dev.tandem.gateway.admin.EngineStates;
import dev.tandem.gateway.extract.ExtractionService;
import dev.tandem.gateway.extract.message.KnownMessages;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.observe.ModelFacts;
import dev.tandem.gateway.observe.ModelMetrics;
import dev.tandem.gateway.observe.PromptContent;
import dev.tandem.gateway.observe.UpstreamMetrics;
import dev.tandem.gateway.page.ChatPage;
import dev.tandem.gateway.quota.QuotaSettings;
import dev.tandem.gateway.service.AnswerIds;
import dev.tandem.gateway.service.ChatService;
import dev.tandem.gateway.service.CompletionService;
import dev.tandem.gateway.service.EmbeddingService;
import dev.tandem.gateway.service.ModelService;
import dev.tandem.gateway.service.RerankService;
import dev.tandem.gateway.service.TokenService;
import dev.tandem.gateway.service.UsageListener;
import dev.tandem.routing.Upstream;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.ServerBuilder;
import dev.tandem.runtime.ServerStatus;
import dev.tandem.runtime.auth.ApiKeys;
import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.limits.LimitStore;
import dev.tandem.runtime.limits.MemoryStore;
import dev.tandem.runtime.observe.Observability;
import dev.tandem.runtime.observe.ObserveSettings;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.transcoding.openapi.About;
import dev.tandem.v1.AdminServiceGrpc;
import dev.tandem.v1.Capability;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.CompletionServiceGrpc;
import dev.tandem.v1.EmbeddingServiceGrpc;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.ExtractionServiceGrpc;
import dev.tandem.v1.ModelServiceGrpc;
import dev.tandem.v1.RerankServiceGrpc;
import dev.tandem.v1.TokenServiceGrpc;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The gateway put together: models in, a server out. */
public final class Gateway {
    private final GatewaySettings settings;
    private final Models models;
    private final InstantSource clock;
    private final ApiKeys keys;
    private final Policies policies;
    private final List<Service> services;
    private final Observability observability;
    private volatile CorsSettings cors;
    private volatile EngineStates engines;
    private volatile Runnable readiness = () -> {};

    /** Counts in memory, with the clock and the random numbers of this machine. */
    public Gateway(GatewaySettings settings, Models models, UsageListener usage) {
        this(settings, models, usage, new MemoryStore());
    }

    /**
     * @param store counts what callers take; stays the caller's, who closes it after the server
     */
    public Gateway(GatewaySettings settings, Models models, UsageListener usage, LimitStore store) {
        this(settings, models, usage, store, InstantSource.system(), new AnswerIds());
    }

    /**
     * @param models stay the caller's, who closes them after the server
     * @param usage is told what each call of a model took
     * @param store stays the caller's too
     * @param ids makes the ids of answers, by their kind: {@code chatcmpl}
     */
    public Gateway(
            GatewaySettings settings,
            Models models,
            UsageListener usage,
            LimitStore store,
            InstantSource clock,
            UnaryOperator<String> ids) {
        this.settings = settings;
        this.models = models;
        this.clock = clock;
        this.keys = settings.auth().apiKeys(clock);
        this.cors = settings.auth().cors();
        this.engines = EngineStates.of(models, clock.instant());
        this.observability = Observability.of(observe(settings.seen()));
        this.policies = new Policies(settings.traffic(), models, store);
        ModelMetrics tokens =
                new ModelMetrics(observability.metrics(), observability.settings().caller());
        UsageListener told =
                policies.usage((call, spent) -> {
                    tokens.spent(call, spent);
                    usage.spent(call, spent);
                });
        List<Service> others =
                List.of(
                        new ChatService(models, clock, ids, told).service(),
                        new CompletionService(models, clock, ids, told).service(),
                        new EmbeddingService(models, told).service(),
                        new RerankService(models, ids, told).service(),
                        new TokenService(models).service(),
                        new ModelService(models).service());
        this.services = new ArrayList<>(others);
        services.add(new ExtractionService(models, known(others), clock, ids, told).service());
    }

    /** Listens. The caller closes the server, which drains it. */
    public Server start() {
        Server server = builder().start();
        readiness = server::readinessChanged;
        return server;
    }

    /** Takes other API keys in place of those of the settings, while it runs. */
    public void take(List<KeyEntry> others) {
        keys.replace(others);
    }

    /** Shows operators these engines from now on, while it runs; those behind the models else. */
    public void take(EngineStates others) {
        engines = others;
    }

    /**
     * Counts what these engines do, at each scrape; once, before the start.
     *
     * @param open those that are open now
     */
    public void measure(Supplier<List<Upstream>> open) {
        UpstreamMetrics.add(observability.metrics(), open);
    }

    /** Lets pages of other origins call from now on, while it runs. */
    public void take(CorsSettings others) {
        cors = others;
    }

    /** Limits callers in another way from now on, while it runs; what was taken stays counted. */
    public void take(QuotaSettings others) {
        policies.take(others);
    }

    /** What the server is made of, for who starts it in another way. */
    ServerBuilder builder() {
        Listening listening = settings.listening();
        Answering answering = settings.answering();
        ServerBuilder server =
                Server.builder()
                        .host(listening.host())
                        .port(listening.port())
                        .allowedHosts(listening.allowedHosts())
                        .maxRequestBytes(answering.maxRequestBytes())
                        .heartbeat(answering.heartbeat())
                        .timeLimits(answering.timeLimits())
                        .limits(answering.limits())
                        .drainLimit(settings.stopping().drain())
                        .drainDelay(settings.stopping().delay())
                        .policies(policies.all())
                        .status(status())
                        .observe(observability)
                        .about(about())
                        .reasons(EngineReasons.ALL);
        listening.tls().ifPresent(server::tls);
        server.cors(() -> cors);
        if (settings.auth().anonymous()) {
            server.openToAnybody();
        }
        server.authenticators(settings.auth().authenticators(keys, clock));
        if (settings.seen().content()) {
            server.policies(List.of(new PromptContent()));
        }
        services.forEach(server::service);
        if (settings.seen().chatPage()) {
            server.routes(ChatPage.described(), ChatPage.files());
        }
        if (settings.auth().guarded()) {
            server.service(
                    new AdminService(() -> engines.engines(), () -> readiness.run()).service());
        }
        return server;
    }

    /** The messages of the services, and those that were handed over. */
    private KnownMessages known(List<Service> others) {
        List<FileDescriptor> files = new ArrayList<>(settings.answering().messages());
        others.forEach(service -> files.add(service.descriptor().getFile()));
        files.add(ExtractRequest.getDescriptor().getFile());
        return new KnownMessages(files);
    }

    private static ObserveSettings observe(Seen seen) {
        return ObserveSettings.defaults()
                .withMetrics(seen.metrics())
                .withTraces(seen.traces())
                .withVersion(version())
                .withServices(ModelFacts.labels(), ModelFacts.facts());
    }

    /** A service is ready while a model is that does what it serves. */
    private ServerStatus status() {
        return ServerStatus.of(models::ready)
                .withServices(services())
                .withDetails(version(), this::parts, Gateway::maySeeDetails);
    }

    private Map<String, BooleanSupplier> services() {
        Map<String, BooleanSupplier> ready =
                new HashMap<>(
                        Map.of(
                                ChatServiceGrpc.SERVICE_NAME,
                                () -> models.ready(Capability.CAPABILITY_CHAT),
                                CompletionServiceGrpc.SERVICE_NAME,
                                () -> models.ready(Capability.CAPABILITY_COMPLETION),
                                ExtractionServiceGrpc.SERVICE_NAME,
                                () -> models.ready(Capability.CAPABILITY_CHAT),
                                EmbeddingServiceGrpc.SERVICE_NAME,
                                () -> models.ready(Capability.CAPABILITY_EMBEDDING),
                                RerankServiceGrpc.SERVICE_NAME,
                                () -> models.ready(Capability.CAPABILITY_RERANK),
                                TokenServiceGrpc.SERVICE_NAME,
                                () -> models.ready(Capability.CAPABILITY_TOKENIZE),
                                ModelServiceGrpc.SERVICE_NAME,
                                () -> true));
        if (settings.auth().guarded()) {
            ready.put(AdminServiceGrpc.SERVICE_NAME, () -> true);
        }
        return ready;
    }

    /** Who has shown a credential for it; nobody where nobody is asked. */
    private static boolean maySeeDetails(Call call) {
        Caller caller = Caller.of(call);
        return caller.known().isPresent() && caller.may(Set.of(Caller.METRICS));
    }

    private List<ServerStatus.Part> parts() {
        return models.all().stream()
                .map(model ->
                        new ServerStatus.Part(
                                "model",
                                model.name(),
                                model.engine().kind(),
                                model.engine().ready()))
                .toList();
    }

    private static String version() {
        String version = Gateway.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }

    private static About about() {
        return new About(
                "Tandem",
                version(),
                "An inference server with the OpenAI API, served as REST with server-sent events and as gRPC.",
                "Apache-2.0");
    }
}
