package dev.tandem.bench.wire;

import dev.tandem.gateway.Gateway;
import dev.tandem.gateway.GatewaySettings;
import dev.tandem.gateway.GatewayTraffic;
import dev.tandem.gateway.Seen;
import dev.tandem.gateway.config.AuthSettings;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.gateway.quota.LimitSet;
import dev.tandem.gateway.quota.QuotaSettings;
import dev.tandem.gateway.service.AnswerIds;
import dev.tandem.gateway.service.ChatService;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.admission.Capacity;
import dev.tandem.runtime.observe.TraceSettings;
import dev.tandem.runtime.policy.CorsSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gateway with a model that costs nothing: with everything that can be set up, or nothing. */
final class GatewayServer {
    private static final long PLENTY = Long.MAX_VALUE / 4;
    private static final LimitSet LIMITS = new LimitSet(PLENTY, PLENTY, PLENTY, PLENTY);

    private GatewayServer() {}

    /**
     * Asks for keys and their scopes, has all limits of callers, models and the server, a bounded
     * number of places, metrics, and a trace of each call; on a free port.
     *
     * @param receiver of the traces
     * @param millis how long the model thinks
     */
    static Server guarded(URI receiver, Capacity capacity, int millis) {
        AuthSettings auth =
                new AuthSettings(
                        false,
                        Keys.all(),
                        Optional.empty(),
                        Optional.empty(),
                        CorsSettings.of(List.of("https://app.example.com")));
        QuotaSettings quotas =
                new QuotaSettings(
                        LIMITS,
                        Map.of(Keys.LIMITS, LIMITS),
                        LIMITS,
                        Map.of(),
                        LIMITS,
                        QuotaSettings.USUAL_RESERVE);
        GatewaySettings settings =
                GatewaySettings.ofLoopback()
                        .with(auth)
                        .with(new GatewayTraffic(quotas, capacity))
                        .with(
                                Seen.defaults()
                                        .withTraces(
                                                Optional.of(TraceSettings.to(receiver)), false));
        return new Gateway(settings, models(millis), (call, spent) -> {}).start();
    }

    /** As many places as the gateway has unless told. */
    static Capacity usual() {
        return GatewayTraffic.usual().capacity();
    }

    /** The same handler, with nothing around it. */
    static BareServer bare() {
        return BareServer.start(
                List.of(
                        new ChatService(
                                        models(0),
                                        InstantSource.system(),
                                        new AnswerIds(),
                                        (call, spent) -> {})
                                .service()));
    }

    /** A place for each of so many calls, and a line of twice as many. */
    static Capacity places(int count) {
        return new Capacity(count, 2 * count, Duration.ofSeconds(1));
    }

    private static Models models(int millis) {
        return new Models(
                List.of(
                        new ServedModel(
                                BenchEngine.MODEL,
                                new BenchEngine(millis),
                                BenchEngine.MODEL,
                                Instant.EPOCH)),
                Map.of());
    }
}
