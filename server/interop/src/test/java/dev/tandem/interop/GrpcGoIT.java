package dev.tandem.interop;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases that grpc-go's client has, but for those of Google's cloud and of load balancers. */
@TestInstance(Lifecycle.PER_CLASS)
final class GrpcGoIT {
    private static final String CLIENT = "google.golang.org/grpc/interop/client@v1.85.0";

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
                "client_streaming",
                "server_streaming",
                "ping_pong",
                "empty_stream",
                "timeout_on_sleeping_server",
                "cancel_after_begin",
                "cancel_after_first_response",
                "status_code_and_message",
                "special_status_message",
                "custom_metadata",
                "unimplemented_method",
                "unimplemented_service"
            })
    void answers(String testCase) throws Exception {
        Command.of(
                        Installs.go(CLIENT).toString(),
                        "-server_host=127.0.0.1",
                        "-server_port=" + server.port(),
                        "-test_case=" + testCase)
                .output();
    }
}
