package dev.tandem.interop;

import dev.tandem.testtools.Command;
import io.grpc.testing.integration.TestServiceClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases under the names of "Interoperability Test Case Descriptions", by grpc-java's client.
 * Left out are those that ask for Google's cloud (credentials) or for a load balancer's reports
 * (ORCA). Compressed requests are asked without their probe, which wants a service that knows
 * whether a message was compressed: grpc-java's test service does not.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class GrpcJavaIT {
    private final TestService server = new TestService();

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "empty_unary",
                "large_unary",
                "client_compressed_unary_noprobe",
                "server_compressed_unary",
                "client_streaming",
                "client_compressed_streaming_noprobe",
                "server_streaming",
                "server_compressed_streaming",
                "ping_pong",
                "empty_stream",
                "custom_metadata",
                "status_code_and_message",
                "special_status_message",
                "unimplemented_method",
                "unimplemented_service",
                "cancel_after_begin",
                "cancel_after_first_response",
                "timeout_on_sleeping_server",
                "very_large_request",
                "pick_first_unary",
                "rpc_soak",
                "channel_soak"
            })
    void answers(String testCase) {
        Command.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestServiceClient.class.getName(),
                        "--server_host=127.0.0.1",
                        "--server_port=" + server.port(),
                        "--use_tls=false",
                        "--soak_iterations=500",
                        // how fast is not asked here
                        "--soak_per_iteration_max_acceptable_latency_ms=60000",
                        "--soak_overall_timeout_seconds=600",
                        "--test_case=" + testCase)
                .output();
    }
}
