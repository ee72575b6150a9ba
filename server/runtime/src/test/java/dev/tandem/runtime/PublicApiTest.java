package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What others build on stands in a file, so that a change of it is seen in review. To renew it:
 * {@code ./mvnw -pl server/runtime test -Dtest=PublicApiTest -Dtandem.renew=true}.
 */
class PublicApiTest {
    private static final Path FILE = Path.of("../../docs/api/runtime.txt");

    /** docs/versions.md names them. */
    private static final Set<String> PACKAGES =
            Set.of(
                    "dev.tandem.runtime",
                    "dev.tandem.runtime.admission",
                    "dev.tandem.runtime.auth",
                    "dev.tandem.runtime.background",
                    "dev.tandem.runtime.call",
                    "dev.tandem.runtime.hosting",
                    "dev.tandem.runtime.limits",
                    "dev.tandem.runtime.logging",
                    "dev.tandem.runtime.observe",
                    "dev.tandem.runtime.policy",
                    "dev.tandem.runtime.tls",
                    "dev.tandem.runtime.watch");

    /** What of other libraries stands in signatures: the types that their users know. */
    private static final Set<String> FOREIGN =
            Set.of(
                    "com.google.protobuf.Any",
                    "com.google.protobuf.Descriptors$MethodDescriptor",
                    "com.google.protobuf.Descriptors$ServiceDescriptor",
                    "com.google.protobuf.Message",
                    "dev.tandem.transcoding.openapi.About",
                    "dev.tandem.transcoding.openapi.Page",
                    "dev.tandem.transcoding.route.RouteTable",
                    "io.grpc.BindableService",
                    "io.grpc.MethodDescriptor",
                    "io.grpc.ServerServiceDefinition",
                    "io.grpc.ServiceDescriptor",
                    "io.grpc.StatusException",
                    "io.grpc.StatusRuntimeException",
                    "io.helidon.webserver.WebServerConfig$Builder",
                    "io.helidon.webserver.http.HttpRouting$Builder",
                    "io.opentelemetry.api.trace.Span",
                    "io.opentelemetry.api.trace.SpanKind",
                    // of the sender that OpenTelemetry looks up by its ServiceLoader
                    "io.opentelemetry.sdk.common.export.HttpSender",
                    "io.opentelemetry.sdk.common.export.HttpSenderConfig",
                    "io.opentelemetry.sdk.common.export.HttpSenderProvider",
                    "io.prometheus.metrics.core.metrics.Counter",
                    "io.prometheus.metrics.core.metrics.Gauge",
                    "io.prometheus.metrics.core.metrics.Histogram",
                    "io.prometheus.metrics.model.registry.PrometheusRegistry",
                    "io.prometheus.metrics.model.snapshots.MetricSnapshots",
                    "jakarta.json.JsonObject");

    private static final Pattern TYPE =
            Pattern.compile(
                    "\\b(?:[a-z][a-z0-9_]*\\.)+[A-Z][A-Za-z0-9_]*(?:\\$[A-Z][A-Za-z0-9_]*)*");

    private final PublicApi api = new PublicApi(compiled(), PACKAGES);

    @Test
    void theListedApiIsTheOneThatIs() throws IOException {
        String listing = api.listing();
        if (Boolean.getBoolean("tandem.renew")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, listing);
        }
        assertThat(Files.readString(FILE))
                .as(FILE + " is out of date; run this test with -Dtandem.renew=true")
                .isEqualTo(listing);
    }

    @Test
    void packagesThatAreNotPublicAreWiresAndRules() {
        Set<String> internal = new TreeSet<>(api.allPackages());
        internal.removeAll(PACKAGES);

        assertThat(internal)
                .allMatch(name ->
                        name.startsWith("dev.tandem.runtime.wire.")
                                || name.equals("dev.tandem.runtime.rules"));
    }

    @Test
    void signaturesHaveTypesThatUsersKnow() {
        Set<String> foreign = new TreeSet<>();
        Matcher type = TYPE.matcher(api.listing());
        while (type.find()) {
            String name = type.group();
            if (!name.startsWith("java.") && !name.startsWith("javax.") && !isPublic(name)) {
                foreign.add(name);
            }
        }
        assertThat(FOREIGN).containsAll(foreign);
    }

    private static boolean isPublic(String type) {
        return PACKAGES.contains(type.substring(0, type.lastIndexOf('.')));
    }

    private static Path compiled() {
        try {
            return Path.of(
                    Server.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
