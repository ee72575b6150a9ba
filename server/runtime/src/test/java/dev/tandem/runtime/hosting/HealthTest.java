package dev.tandem.runtime.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HealthTest {
    private static final String PROBE = "tandem.test.v1.ProbeService";

    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final Health health = new Health(Map.of(PROBE, ready::get), ready::get);

    @Test
    void checksTheServerAndItsServices() throws Exception {
        assertThat(check("")).isEqualTo(ServingStatus.SERVING);
        assertThat(check(PROBE)).isEqualTo(ServingStatus.SERVING);
        ready.set(false);
        assertThat(check("")).isEqualTo(ServingStatus.NOT_SERVING);
        assertThat(check(PROBE)).isEqualTo(ServingStatus.NOT_SERVING);
    }

    @Test
    void anUnknownServiceIsNotFound() throws Exception {
        try (var call = call("Check", "no.Service")) {
            assertThat(call.end().orElseThrow().code()).isEqualTo(Code.NOT_FOUND);
        }
    }

    @Test
    void tellsAWatcherEachChange() throws Exception {
        try (var call = call("Watch", "")) {
            assertThat(call.next().getStatus()).isEqualTo(ServingStatus.SERVING);
            ready.set(false);
            health.changed();
            assertThat(call.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            ready.set(true); // seen without being told, too
            assertThat(call.next().getStatus()).isEqualTo(ServingStatus.SERVING);
            call.cancel(CancelCause.CLIENT_LEFT);
            assertThat(call.end().orElseThrow().code()).isEqualTo(Code.CANCELLED);
        }
    }

    @Test
    void aWatcherOfAnUnknownServiceIsToldSoAndStays() throws Exception {
        try (var call = call("Watch", "no.Service")) {
            assertThat(call.next().getStatus()).isEqualTo(ServingStatus.SERVICE_UNKNOWN);
            assertThat(call.running()).isTrue();
        }
    }

    @Test
    void drainingTellsWatchersAndEndsTheirStreams() throws Exception {
        try (var call = call("Watch", PROBE)) {
            assertThat(call.next().getStatus()).isEqualTo(ServingStatus.SERVING);
            health.drain();
            assertThat(call.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
            ApiError end = call.end().orElseThrow();
            assertThat(end.code()).isEqualTo(Code.UNAVAILABLE);
        }
        assertThat(check(PROBE)).isEqualTo(ServingStatus.NOT_SERVING);
    }

    private ServingStatus check(String service) throws Exception {
        try (var call = call("Check", service)) {
            assertThat(call.end()).isEmpty();
            return call.next().getStatus();
        }
    }

    private LocalCall<HealthCheckRequest, HealthCheckResponse> call(String method, String service) {
        LocalCall<HealthCheckRequest, HealthCheckResponse> call =
                new LocalCall<>(health.service(), method, Map.of());
        return call.sends(HealthCheckRequest.newBuilder().setService(service).build())
                .ends()
                .start();
    }
}
