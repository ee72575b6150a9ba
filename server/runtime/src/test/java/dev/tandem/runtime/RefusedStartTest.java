package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.observe.Observability;
import dev.tandem.runtime.observe.ObserveSettings;
import dev.tandem.runtime.observe.TraceSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a server was given to close is closed, also where it does not start. */
class RefusedStartTest {
    private final DeafAuthenticator authenticator = new DeafAuthenticator();

    @Test
    void whereThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(builder -> builder.port(taken.getLocalPort()));
        }
    }

    @Test
    void whereItIsToldTwoThingsAtOnce() {
        refused(ServerBuilder::openToAnybody);
    }

    @Test
    void whereAnApplicationsRouteFails() {
        refused(builder ->
                builder.routes(routing -> {
                    throw new IllegalStateException("a defect of the application");
                }));
    }

    private void refused(UnaryOperator<ServerBuilder> wrong) {
        Observability seen =
                Observability.of(
                        ObserveSettings.defaults()
                                .withTraces(
                                        Optional.of(
                                                TraceSettings.to(
                                                        URI.create("http://127.0.0.1:9")))));
        Set<Thread> exporting = exporting();
        assertThat(exporting).isNotEmpty();
        ServerBuilder builder =
                wrong.apply(
                        Server.builder()
                                .service(Notes.guarded())
                                .observe(seen)
                                .authenticators(List.of(authenticator)));

        assertThatThrownBy(builder::start).isInstanceOf(RuntimeException.class);

        assertThat(authenticator.closed()).isEqualTo(1);
        for (Thread thread : exporting) {
            assertThat(ends(thread)).as(thread.getName()).isTrue();
        }
    }

    private static boolean ends(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Threads of OpenTelemetry, which end when it is closed. */
    private static Set<Thread> exporting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("BatchSpanProcessor"))
                .collect(Collectors.toSet());
    }
}
