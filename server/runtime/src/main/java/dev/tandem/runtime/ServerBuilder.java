package dev.tandem.runtime;

import dev.tandem.runtime.auth.Authenticator;
import dev.tandem.runtime.auth.ScopeGate;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.hosting.BindableServices;
import dev.tandem.runtime.observe.Observability;
import dev.tandem.runtime.observe.ObserveSettings;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.runtime.tls.TlsSettings;
import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.rest.ScopedRouting;
import dev.tandem.transcoding.openapi.About;
import dev.tandem.transcoding.openapi.Page;
import io.grpc.BindableService;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a server is made of. Every setting has a default; a server without services is legal. */
public final class ServerBuilder {
    private final BindableServices hosted = new BindableServices();
    private final List<Service> services = new ArrayList<>();
    private final List<AutoCloseable> resources = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();
    private final List<String> allowedHosts = new ArrayList<>();
    private final List<Consumer<HttpRouting.Builder>> routes = new ArrayList<>();
    private final List<Page> described = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private About about = new About("API", "1", "", "");
    private String host = "127.0.0.1";
    private int port;
    private int maxRequestBytes = 4 << 20;
    private Duration heartbeat = Duration.ofSeconds(10);
    private StreamLimits timeLimits = StreamLimits.defaults();
    private DrainPlan drain = new DrainPlan(Duration.ZERO, Duration.ofSeconds(30));
    private boolean documentation = true;
    private WireSettings wire = WireSettings.defaults();
    private @Nullable TlsSettings tls;
    private boolean errorDetails = true;
    private Access access = Access.NONE;
    private Observability observability =
            Observability.of(ObserveSettings.defaults().withMetrics(false));
    private ServerStatus status = ServerStatus.of(() -> true);

    ServerBuilder() {}

    /** The address to listen on; 127.0.0.1 unless told. */
    public ServerBuilder host(String address) {
        this.host = address;
        return this;
    }

    /** The port to listen on; 0, the default, takes a free one. */
    public ServerBuilder port(int number) {
        this.port = number;
        return this;
    }

    /**
     * Serves over TLS: HTTP/2 and HTTP/1.1, as the client chooses by ALPN. The files are read at
     * {@link #start()} and again whenever they change. Not for {@link #installOn}, whose server has
     * TLS of its own.
     */
    public ServerBuilder tls(TlsSettings settings) {
        this.tls = settings;
        return this;
    }

    /** Limits and times of connections and streams as a record. */
    ServerBuilder wire(WireSettings settings) {
        this.wire = settings;
        return this;
    }

    /**
     * Limits and times of connections and streams, in the unit of each; those that are not told
     * have their defaults.
     *
     * @throws IllegalArgumentException where a number is out of its range
     */
    public ServerBuilder limits(Map<WireLimit, Long> numbers) {
        return wire(new WireLimits(numbers).settings());
    }

    /** Serves a service. */
    public ServerBuilder service(Service service) {
        services.add(service);
        return this;
    }

    /** Serves a service that was written for grpc-java, by every wire. */
    public ServerBuilder service(BindableService service) {
        return service(hosted.host(service));
    }

    /**
     * Opens it before the port listens, in the order in which resources are told, and closes it
     * when no call runs any more, in reverse order; also where the server does not start.
     */
    public ServerBuilder resource(Resource resource) {
        resources.add(resource);
        return this;
    }

    /** The same of something that is open already: the server closes it in its turn. */
    public ServerBuilder resource(AutoCloseable opened) {
        resources.add(opened);
        return this;
    }

    /**
     * Asks every call for a credential that one of these knows; the server closes them, also where
     * it does not start. Without any, the server listens on the loopback only, unless {@link
     * #openToAnybody()} is told.
     */
    public ServerBuilder authenticators(Collection<? extends Authenticator> more) {
        this.access = access.with(more);
        return this;
    }

    /** Serves whoever reaches the port, without asking for a credential, on any address. */
    public ServerBuilder openToAnybody() {
        this.access = access.opened();
        return this;
    }

    /** Pages of these origins may call the server; none but its own unless told. */
    public ServerBuilder cors(CorsSettings settings) {
        return cors(() -> settings);
    }

    /** The same, asked by every call, so that they can change while the server runs. */
    public ServerBuilder cors(Supplier<CorsSettings> current) {
        this.access = access.with(current);
        return this;
    }

    /** Adds policies, outermost first; where they stand is told by {@link #start()}. */
    public ServerBuilder policies(Collection<? extends Policy> more) {
        policies.addAll(more);
        return this;
    }

    /**
     * Host names or addresses, without port, under which clients may reach this server besides
     * those of the loopback and the address it listens on; {@code *} allows every one.
     */
    public ServerBuilder allowedHosts(Collection<String> names) {
        allowedHosts.addAll(names);
        return this;
    }

    /** The largest request message in bytes; 4 MiB unless told. */
    public ServerBuilder maxRequestBytes(int bytes) {
        this.maxRequestBytes = bytes;
        return this;
    }

    /** After how much silence a stream over REST carries a sign of life; 10 s unless told. */
    public ServerBuilder heartbeat(Duration silence) {
        this.heartbeat = silence;
        return this;
    }

    /** How long {@link Server#close} waits for running calls; 30 s unless told. */
    public ServerBuilder drainLimit(Duration limit) {
        this.drain = new DrainPlan(drain.delay(), limit);
        return this;
    }

    /**
     * How long a server that {@link Server#close closes} goes on to take calls while it already
     * tells that it is not ready, so that load balancers turn away first; 0 unless told.
     */
    public ServerBuilder drainDelay(Duration delay) {
        this.drain = new DrainPlan(delay, drain.limit());
        return this;
    }

    /** How long handlers may take; {@link StreamLimits#defaults()} unless told. */
    public ServerBuilder timeLimits(StreamLimits limits) {
        this.timeLimits = limits;
        return this;
    }

    /**
     * What {@code /ready} and gRPC health tell while the server does not drain. Asked often, must
     * not block.
     */
    public ServerBuilder ready(BooleanSupplier isReady) {
        return status(ServerStatus.of(isReady));
    }

    /** The same, with what gRPC health tells of each service, and details for those who may see. */
    public ServerBuilder status(ServerStatus told) {
        this.status = told;
        return this;
    }

    /**
     * What is seen of the server: {@code /metrics}, traces, the fields of the log's lines. Unless
     * told, the log alone. The server closes it, also where it does not start.
     */
    public ServerBuilder observe(Observability seen) {
        this.observability = seen;
        return this;
    }

    /**
     * Adds HTTP routes: pages, metrics, uploads. They stand behind every policy's first door and
     * find their {@link dev.tandem.runtime.call.Call} in the request's context; an error that they
     * throw is answered like any other.
     */
    public ServerBuilder routes(Consumer<HttpRouting.Builder> more) {
        routes.add(more);
        return this;
    }

    /**
     * Adds HTTP routes, one by one, for callers with this scope.
     *
     * @param pages as the OpenAPI document tells them; may be empty
     */
    public ServerBuilder routes(
            String scope, Collection<Page> pages, Consumer<HttpRouting.Builder> more) {
        ScopeGate gate = new ScopeGate(Set.of(scope));
        pages.forEach(page -> described.add(page.scoped(gate.needed())));
        return routes(routing -> more.accept(new ScopedRouting(routing, gate)));
    }

    /** Adds HTTP routes as {@link #routes(Consumer)}, and tells them in the OpenAPI document. */
    public ServerBuilder routes(Collection<Page> pages, Consumer<HttpRouting.Builder> more) {
        described.addAll(pages);
        return routes(more);
    }

    /** What the OpenAPI document says of the API: its title, version, description and licence. */
    public ServerBuilder about(About api) {
        this.about = api;
        return this;
    }

    /**
     * The errors of the services' own, for the OpenAPI document: it tells them where a method names
     * them in {@code (tandem.options.v1.method).errors}.
     */
    public ServerBuilder reasons(Collection<Reason> more) {
        reasons.addAll(more);
        return this;
    }

    /**
     * Does the server tell about itself: {@code /docs}, {@code /redoc} and {@code /proto}? It does
     * unless told otherwise.
     */
    public ServerBuilder documentation(boolean served) {
        this.documentation = served;
        return this;
    }

    /**
     * Do errors say more in {@code google.rpc} details over gRPC, gRPC-Web and Connect? They do
     * unless told otherwise; the details of hosted services are handed on in any case.
     */
    public ServerBuilder errorDetails(boolean told) {
        this.errorDetails = told;
        return this;
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalArgumentException where the services' bindings, options or rules are wrong, or
     *     the files of TLS, or the address is open to others and nobody is asked for credentials;
     *     the message names all of them
     * @throws UncheckedIOException where the port is taken, or the address is not this machine's
     * @throws IllegalStateException where a resource could not be opened; an unchecked exception of
     *     its own goes through
     */
    public Server start() {
        // Helidon's own hook would cut running streams at SIGTERM, before anybody could drain them
        WebServerConfig.Builder web = WebServer.builder().host(host).port(port).shutdownHook(false);
        web.shutdownGracePeriod(Server.gracePeriod(drain));
        StartProblems problems = new StartProblems();
        var _ = problems.tried(() -> access.checked(address()));
        Parts parts = parts(web, tls, problems);
        return new Server(listen(web, parts), parts, drain);
    }

    /**
     * Puts everything into a Helidon server that somebody else starts and stops: an application
     * that has one, or a test by Helidon's test kit. Its host and port are not touched, its HTTP
     * routing is. Whether strangers reach it, nobody checks.
     *
     * @return to be closed after the server has stopped
     * @throws IllegalArgumentException as {@link #start}
     */
    public AutoCloseable installOn(WebServerConfig.Builder web) {
        return parts(web, null, new StartProblems());
    }

    private Address address() {
        return new Address(host, port, tls != null);
    }

    private Parts parts(
            WebServerConfig.Builder web, @Nullable TlsSettings encryption, StartProblems problems) {
        PolicyOrder order =
                new PolicyOrder(
                        address().hosts(allowedHosts),
                        access,
                        encryption != null,
                        policies,
                        observability);
        Handling handling =
                new Handling(maxRequestBytes, heartbeat, timeLimits, wire, errorDetails);
        ServedPages pages =
                new ServedPages(
                        services.stream().map(Service::descriptor).toList(),
                        told(),
                        routes,
                        reasons,
                        about,
                        access,
                        address().origin(),
                        documentation);
        Resources owned = new Resources(resources);
        Assembly assembly = new Assembly(services, order, handling, status, pages, owned);
        boolean whole = false;
        try {
            Parts parts = assembly.on(web, encryption, problems);
            whole = true;
            return parts;
        } finally {
            if (!whole) {
                owned.close();
                access.close();
                observability.close();
            }
        }
    }

    /** What the OpenAPI document tells of pages beside those that every server has. */
    private List<Page> told() {
        List<Page> told = new ArrayList<>();
        if (observability.settings().metrics()) {
            told.add(OwnPages.metrics());
        }
        told.addAll(described);
        return told;
    }

    private WebServer listen(WebServerConfig.Builder server, Parts parts) {
        boolean listening = false;
        try {
            WebServer web = server.build().start();
            listening = web.isRunning(); // it logs why not, and returns
            if (!listening) {
                throw new UncheckedIOException(
                        new BindException(
                                host + ":" + port + " cannot be listened on; is the port taken?"));
            }
            return web;
        } finally {
            if (!listening) {
                parts.close();
            }
        }
    }
}
