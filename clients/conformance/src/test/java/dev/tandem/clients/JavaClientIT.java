package dev.tandem.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.client.ChatStream;
import dev.tandem.client.ItemStream;
import dev.tandem.client.TandemClient;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.ServedGateway;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.PromptTokensDetails;
import dev.tandem.v1.Role;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OneServer.class)
final class JavaClientIT {
    private static final Path PAGE = Path.of("..", "java", "README.md");
    private static final Pattern PROGRAM =
            Pattern.compile("```java\\n(.*?class QuickStart .*?)```", Pattern.DOTALL);
    private static final ExtractRequest EXTRACTION =
            ExtractRequest.newBuilder()
                    .setModel("default")
                    .setText("Three tokens were cached.")
                    .setMaxTokens(64)
                    .build();

    @TempDir Path folder;

    @Test
    void theQuickStartRunsWordForWord(ServedGateway server) throws IOException {
        Matcher program = PROGRAM.matcher(Files.readString(PAGE));
        assertThat(program.find()).isTrue();
        Path file = folder.resolve("QuickStart.java");
        Files.writeString(file, program.group(1).replace("127.0.0.1:8080", server.address()));

        String printed =
                Command.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                file.toString())
                        .output();

        assertThat(printed)
                .containsPattern("\\{.*\"name\"")
                .contains("384 numbers", "SmolLM2-135M-Instruct")
                .contains("INVALID_ARGUMENT validation_failed [Violation[field=temperature,");
    }

    @Test
    void leavingStreamsFreesTheModel(ServedGateway server) {
        try (TandemClient client = TandemClient.builder(server.address()).build()) {
            for (int i = 0; i < 6; i++) {
                try (ChatStream stream = client.stream(counting(1900))) {
                    assertThat(stream.iterator().next().getChoicesCount()).isEqualTo(1);
                }
            }
            // three times as many as there are slots; each would go on for minutes
            assertThat(
                            client.withTimeout(Duration.ofSeconds(20))
                                    .chat(counting(1))
                                    .getChoicesCount())
                    .isEqualTo(1);
        }
    }

    @Test
    void messagesAreReadOutOfTexts(ServedGateway server) {
        try (TandemClient client = TandemClient.builder(server.address()).build()) {
            PromptTokensDetails one =
                    client.extract(EXTRACTION, PromptTokensDetails.getDefaultInstance());
            assertThat(one).isNotNull();

            try (ItemStream<String> items =
                    client.extractItems(
                            EXTRACTION.toBuilder().setSchema("{\"const\": 7}").build())) {
                List<String> read = new ArrayList<>();
                items.forEach(read::add);
                assertThat(read).allMatch("7"::equals).hasSize(items.end().getItems());
            }
        }
    }

    @Test
    void everyMethodOfTheServerCanBeCalled(ServedGateway server) {
        try (TandemClient client = TandemClient.builder(server.address()).build()) {
            assertThat(
                            client.call(
                                            HealthGrpc.getCheckMethod(),
                                            HealthCheckRequest.getDefaultInstance())
                                    .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
        }
    }

    @Test
    void theServersOwnAuthorityAndKeyAreEnough(Secured server) {
        try (TandemClient client =
                TandemClient.builder(server.address().replace("localhost", "127.0.0.1"))
                        .tls(server.authority())
                        .authority("localhost")
                        .apiKey(server.key())
                        .build()) {
            assertThat(client.models()).isNotEmpty();
        }
    }

    private static ChatRequest counting(int tokens) {
        return ChatRequest.newBuilder()
                .setModel("default")
                .setMaxTokens(tokens)
                .addMessages(
                        ChatMessage.newBuilder()
                                .setRole(Role.ROLE_USER)
                                .addContent(
                                        ContentPart.newBuilder().setText("Count to a thousand.")))
                .build();
    }
}
