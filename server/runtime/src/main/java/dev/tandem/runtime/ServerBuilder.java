package dev.tandem.runtime;

import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.call.RequestIds;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.hosting.BindableServices;
import dev.tandem.runtime.hosting.Health;
import dev.tandem.runtime.hosting.Reflection;
import dev.tandem.runtime.policy.AccessLog;
import dev.tandem.runtime.policy.BrowserGuard;
import dev.tandem.runtime.policy.StreamChoice;
import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.runtime.policy.TimeLimits;
import dev.tandem.runtime.policy.Validate;
import dev.tandem.runtime.tls.LiveTls;
import dev.tandem.runtime.tls.TlsException;
import dev.tandem.runtime.tls.TlsSettings;
import dev.tandem.runtime.wire.connection.WireSettings;
import dev.tandem.runtime.wire.envelope.ErrorDetails;
import dev.tandem.runtime.wire.envelope.MessageLimits;
import dev.tandem.runtime.wire.envelope.Serving;
import dev.tandem.runtime.wire.port.RpcDoor;
import dev.tandem.runtime.wire.port.Wires;
import dev.tandem.runtime.wire.rest.RestSettings;
import dev.tandem.runtime.wire.rest.RestWire;
import dev.tandem.runtime.wire.tls.TlsDoor;
import dev.tandem.transcoding.openapi.About;
import dev.tandem.transcoding.openapi.Page;
import dev.tandem.transcoding.route.RouteTable;
import io.grpc.BindableService;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a server is made of. Every setting has a default; a server without services is legal. */
public final class ServerBuilder {
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    private final BindableServices hosted = new BindableServices();
    private final List<Service> services = new ArrayList<>();
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
    private BooleanSupplier ready = () -> true;
    private boolean documentation = true;
    private WireSettings wire = WireSettings.defaults();
    private @Nullable TlsSettings tls;
    private boolean errorDetails = true;

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

    /** Limits and times of connections and streams; {@link WireSettings#defaults()} unless told. */
    public ServerBuilder wire(WireSettings settings) {
        this.wire = settings;
        return this;
    }

    /**
     * The same, number by number.
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
        this.ready = isReady;
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
     *     the files of TLS; the message names all of them
     */
    public Server start() {
        // Helidon's own hook would cut running streams at SIGTERM, before anybody could drain them
        WebServerConfig.Builder web = WebServer.builder().host(host).port(port).shutdownHook(false);
        web.shutdownGracePeriod(Server.gracePeriod(drain));
        Parts parts = parts(web, tls);
        return new Server(listen(web, parts), parts, drain);
    }

    /**
     * Puts everything into a Helidon server that somebody else starts and stops: an application
     * that has one, or a test by Helidon's test kit. Its host and port are not touched, its HTTP
     * routing is.
     *
     * @return to be closed after the server has stopped
     * @throws IllegalArgumentException as {@link #start}
     */
    public AutoCloseable installOn(WebServerConfig.Builder web) {
        return parts(web, null);
    }

    private Parts parts(WebServerConfig.Builder web, @Nullable TlsSettings encryption) {
        Readiness readiness = new Readiness(ready);
        Health health =
                new Health(
                        services.stream().map(Service::name).collect(Collectors.toSet()),
                        readiness);
        List<Service> all = new ArrayList<>(services);
        all.add(health.service());
        all.addAll(Reflection.over(all));

        StartProblems problems = new StartProblems();
        RouteTable table =
                problems.tried(
                        () -> RouteTable.of(services.stream().map(Service::descriptor).toList()));
        TimeLimits clock = new TimeLimits(timeLimits);
        Pipeline pipeline = problems.tried(() -> new Pipeline(order(all, clock)));
        LiveTls files = encryption == null ? null : problems.tried(() -> opened(encryption));
        if (table == null || pipeline == null || (encryption != null && files == null)) {
            if (files != null) {
                files.close();
            }
            throw problems.together();
        }
        clock.start();
        Calls calls = new Calls(new RequestIds());
        RestWire rest =
                new RestWire(
                        services,
                        table,
                        pipeline,
                        calls,
                        new RestSettings(maxRequestBytes, heartbeat));
        RpcProtocols protocols =
                RpcProtocols.of(
                        Serving.of(all, pipeline, calls, limits())
                                .with(new ErrorDetails(errorDetails)));
        Wires wires =
                Wires.install(
                        web,
                        wire,
                        files == null ? null : new TlsDoor(files),
                        protocols.overHttp2(),
                        rest.refusing(protocols.overHttp2()));
        HttpRouting.Builder routing =
                HttpRouting.builder()
                        .addFilter(wires)
                        .addFilter(new RpcDoor(protocols.overHttp1(), protocols.overHttp1()));
        new ServedPages(
                        services.stream().map(Service::descriptor).toList(),
                        described,
                        routes,
                        reasons,
                        about,
                        origin(),
                        documentation)
                .install(web, routing, rest, new Probes(readiness));
        return new Parts(calls, rest, wires, health, readiness, clock);
    }

    private static LiveTls opened(TlsSettings encryption) {
        try {
            return LiveTls.open(encryption);
        } catch (TlsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The way of every call, outermost first: the one place where the order stands. */
    private List<Policy> order(List<Service> all, TimeLimits clock) {
        List<Policy> order = new ArrayList<>();
        order.add(new AccessLog());
        order.add(new BrowserGuard(hosts()));
        order.add(clock);
        order.add(new StreamChoice());
        order.add(new Validate(methods(all)));
        order.addAll(policies); // behind the rules: what is not valid costs no quota
        return order;
    }

    private static List<Method<?, ?>> methods(List<Service> all) {
        List<Method<?, ?>> methods = new ArrayList<>();
        all.forEach(service -> methods.addAll(service.methods()));
        return methods;
    }

    /** For samples of code. */
    private String origin() {
        String name = EVERY_ADDRESS.contains(host) ? "127.0.0.1" : host;
        return (tls == null ? "http://" : "https://") + name + ":" + (port == 0 ? 8080 : port);
    }

    private List<String> hosts() {
        List<String> hosts = new ArrayList<>(allowedHosts);
        if (!EVERY_ADDRESS.contains(host)) {
            hosts.add(host);
        }
        return hosts;
    }

    private MessageLimits limits() {
        return MessageLimits.standard().withMaxMessageBytes(maxRequestBytes);
    }

    private static WebServer listen(WebServerConfig.Builder server, Parts parts) {
        boolean listening = false;
        try {
            WebServer web = server.build().start();
            listening = true;
            return web;
        } finally {
            if (!listening) {
                parts.close();
            }
        }
    }
}
