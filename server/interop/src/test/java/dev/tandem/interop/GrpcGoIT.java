package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases that grpc-go's client has, but for those of Google's cloud and of load balancers. */
@TestInstance(Lifecycle.PER_CLASS)
final class GrpcGoIT {
    private static final String CLIENT = "google.golang.org/grpc/interop/client@v1.85.0";
    private static final Path FOLDER = Path.of("target", "tools", "go").toAbsolutePath();

    private final TestService server = new TestService();

    @BeforeAll
    void build() throws Exception {
        if (Files.isExecutable(FOLDER.resolve("client"))) {
            return;
        }
        String go = go();
        ClientProgram.run(List.of("env", "GOBIN=" + FOLDER, go, "install", CLIENT));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static String go() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "go"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseGet(GrpcGoIT::missing);
    }

    private static String missing() {
        String message = "go is not on the PATH, so grpc-go's client is not tested";
        if ("true".equals(System.getenv("CI"))) {
            return fail(message);
        }
        return abort(message);
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
        ClientProgram.run(
                List.of(
                        FOLDER.resolve("client").toString(),
                        "-server_host=127.0.0.1",
                        "-server_port=" + server.port(),
                        "-test_case=" + testCase));
    }
}
