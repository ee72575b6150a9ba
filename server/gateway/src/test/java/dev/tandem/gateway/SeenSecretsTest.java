package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.tandem.gateway.config.AuthSettings;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Gate;
import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.testtools.WrittenSecrets;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thread dumps, metrics, spans and answers have no credential, whoever shows which and how. */
class SeenSecretsTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir private Path folder;

    private final Secret key = ApiKey.create(RANDOM);
    private final Secret unknown = ApiKey.create(RANDOM);

    /** Every header that can carry one, good and bad, and such that should not. */
    private List<Caller> callers() {
        return List.of(
                good(),
                Caller.PLAIN.header("authorization", "Bearer " + unknown.reveal()),
                Caller.PLAIN.header("x-api-key", unknown.reveal()),
                Caller.PLAIN.header("api-key", key.reveal()).header("x-api-key", unknown.reveal()),
                Caller.PLAIN.header("authorization", "Digest " + key.reveal()),
                Caller.PLAIN.header("authorization", key.reveal()),
                Caller.PLAIN.header("authorization", basic(":" + key.reveal())),
                Caller.PLAIN.header("authorization", basic(unknown.reveal())));
    }

    private Caller good() {
        return Caller.PLAIN.header("authorization", basic("me:" + key.reveal()));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void metricsSpansAndAnswers() throws Exception {
        try (OtlpReceiver receiver = new OtlpReceiver();
                Fixture gateway = gateway(Script.saying("a"), receiver)) {
            int calls = 0;
            for (Caller caller : callers()) {
                for (Way way : Way.values()) {
                    String told = told(gateway, way, caller);
                    assertThat(WrittenSecrets.in(told)).as(way + " is told " + told).isEmpty();
                    calls++;
                }
            }
            assertThat(gateway.server.server().calls().awaitIdle(Duration.ofSeconds(20))).isTrue();
            HttpReply metrics =
                    gateway.server
                            .client()
                            .http(
                                    Wire.Version.HTTP_1_1,
                                    HttpRequest.get("/metrics").header("x-api-key", key.reveal()));
            assertThat(metrics.status()).isEqualTo(200);
            assertThat(metrics.body()).contains("tandem_caller_calls", "caller=\"ci\"");
            hasNone(metrics.body());
            int spans = 0;
            StringBuilder all = new StringBuilder();
            while (spans < calls) { // each call is at least one
                String body = receiver.bodies.poll(20, TimeUnit.SECONDS);
                assertThat(body).as("%d of %d spans", spans, calls).isNotNull();
                spans += body.split("tandem\\.request_id", -1).length - 1;
                all.append(body);
            }
            assertThat(all.toString()).contains("invalid_credentials", "ChatService");
            hasNone(all.toString());
        }
    }

    private static String told(Fixture gateway, Way way, Caller caller) {
        try (OpenCall<? extends Message> call =
                gateway.open(way, Fixture.request().build(), caller)) {
            return call.rest().toString();
        }
    }

    @Test
    void threadsAndTheirNames() throws Exception {
        Gate gate = new Gate();
        try (OtlpReceiver receiver = new OtlpReceiver();
                Fixture gateway = gateway(Script.saying("a").pause(gate), receiver)) {
            for (Way way : List.of(Way.GRPC_STREAM, Way.SSE, Way.SSE_H2)) {
                int runs = gateway.engine.runs().size();
                try (OpenCall<? extends Message> call =
                        gateway.open(way, Fixture.request().build(), good())) {
                    gateway.engine.awaitRun(runs).awaitSent(2);

                    String dump = dump(way.name());

                    assertThat(dump).contains("dev.tandem.gateway.service.ChatService");
                    hasNone(dump);
                    hasNone(
                            Thread.getAllStackTraces().entrySet().stream()
                                    .map(each -> each.getKey() + Arrays.toString(each.getValue()))
                                    .collect(Collectors.joining("\n")));
                    call.leave();
                }
            }
        }
    }

    /** All threads, virtual ones too, as {@code jcmd Thread.dump_to_file} tells them. */
    private String dump(String name) throws Exception {
        Path file = folder.toAbsolutePath().resolve(name + ".json");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(file.toString(), ThreadDumpFormat.JSON);
        return Files.readString(file);
    }

    private void hasNone(String text) {
        assertThat(WrittenSecrets.in(text)).isEmpty();
        for (Secret secret : List.of(key, unknown)) {
            assertThat(text)
                    .doesNotContain(secret.reveal().substring(0, 16))
                    .doesNotContain(secret.reveal().substring(20));
        }
    }

    private Fixture gateway(Script script, OtlpReceiver receiver) {
        KeyEntry ci =
                new KeyEntry(
                        "ci",
                        KeyHash.of(key),
                        Set.of("inference", "metrics.read"),
                        Map.of(),
                        Instant.EPOCH,
                        null,
                        null);
        return new Fixture(
                script,
                GatewaySettings.ofLoopback()
                        .with(
                                new AuthSettings(
                                        false,
                                        List.of(ci),
                                        Optional.empty(),
                                        Optional.empty(),
                                        CorsSettings.NONE))
                        .with(Seen.defaults().withTraces(Optional.of(receiver.settings()), false)));
    }
}
