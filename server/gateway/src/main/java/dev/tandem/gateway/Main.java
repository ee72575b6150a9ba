package dev.tandem.gateway;

import dev.tandem.gateway.cli.Screen;
import dev.tandem.gateway.cli.Tandem;
import dev.tandem.gateway.config.AdmissionSection;
import dev.tandem.gateway.config.AuthSection;
import dev.tandem.gateway.config.AuthSettings;
import dev.tandem.gateway.config.CorsSection;
import dev.tandem.gateway.config.LimitsSection;
import dev.tandem.gateway.config.ObserveSection;
import dev.tandem.gateway.config.RedisSection;
import dev.tandem.gateway.config.ServerSection;
import dev.tandem.gateway.config.Settings;
import dev.tandem.gateway.config.StreamsSection;
import dev.tandem.gateway.config.TlsSection;
import dev.tandem.gateway.config.WireSection;
import dev.tandem.gateway.config.live.LiveSettings;
import dev.tandem.gateway.config.live.Taker;
import dev.tandem.gateway.engine.Fleet;
import dev.tandem.gateway.extract.ExtractionSection;
import dev.tandem.redis.RedisStore;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.limits.LimitStore;
import dev.tandem.runtime.limits.LocalWhenAway;
import dev.tandem.runtime.limits.MemoryStore;
import dev.tandem.runtime.policy.StreamLimits;
import java.time.Instant;
import java.util.function.Function;

/** Where the program begins, and where its parts are named. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(
                Tandem.run(
                        args,
                        Screen.ofProcess(),
                        Main::open,
                        new LlamaLoader(),
                        new MiniLmLoader()));
    }

    static Server open(LiveSettings live, Fleet fleet) {
        Settings settings = live.now();
        return open(
                store(settings.get(RedisSection.SECTION)),
                store -> {
                    Gateway gateway =
                            new Gateway(
                                    gateway(settings), fleet.models(), (call, spent) -> {}, store);
                    gateway.take(new FleetStates(fleet, Instant.now()));
                    gateway.measure(fleet::upstreams);
                    follow(live, gateway);
                    return gateway.start();
                });
    }

    /**
     * Where a server starts the store ends with the process, because the last call has settled by
     * then; where none does it is closed.
     */
    static Server open(LimitStore store, Function<LimitStore, Server> start) {
        boolean started = false;
        try {
            Server server = start.apply(store);
            started = true;
            return server;
        } finally {
            if (!started) {
                store.close();
            }
        }
    }

    private static LimitStore store(RedisSection section) {
        if (section.settings().isEmpty()) {
            return new MemoryStore();
        }
        RedisStore redis = new RedisStore(section.settings().get());
        return section.away() == RedisSection.Away.OPEN ? new LocalWhenAway(redis) : redis;
    }

    /** What is taken while the server runs. */
    private static void follow(LiveSettings live, Gateway gateway) {
        live.follow(CorsSection.SECTION, cors -> gateway.take(cors.settings()));
        live.follow(LimitsSection.SECTION, limits -> gateway.take(limits.quotas()));
        AuthSettings begun = AuthSettings.of(live.now());
        live.onChange(
                AuthSection.SECTION,
                next -> {
                    boolean guarded = next.hasKeys() || begun.jwt().isPresent();
                    if (guarded != begun.guarded()) {
                        throw new Taker.RefusedException(
                                "auth.api_keys: whether anybody is asked for a credential changes by a"
                                        + " new start only.");
                    }
                    return () -> gateway.take(next.keys());
                });
    }

    private static GatewaySettings gateway(Settings settings) {
        ServerSection server = settings.get(ServerSection.SECTION);
        StreamsSection streams = settings.get(StreamsSection.SECTION);
        ObserveSection observe = settings.get(ObserveSection.SECTION);
        return new GatewaySettings(
                new Listening(
                        server.host(),
                        server.port(),
                        server.allowedHosts(),
                        settings.get(TlsSection.SECTION).settings()),
                new Answering(
                        server.maxRequestBytes(),
                        streams.heartbeat(),
                        new StreamLimits(
                                streams.firstMessage(), streams.messageGap(), streams.call()),
                        settings.get(WireSection.SECTION).limits(),
                        settings.get(ExtractionSection.SECTION).files()),
                new Stopping(server.drain(), server.drainDelay()),
                AuthSettings.of(settings),
                new GatewayTraffic(
                        settings.get(LimitsSection.SECTION).quotas(),
                        settings.get(AdmissionSection.SECTION).capacity()),
                new Seen(
                        observe.metrics(), observe.traces(), observe.content(), server.chatPage()));
    }
}
