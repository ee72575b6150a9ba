package dev.tandem.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.ServedGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The JDK's own HTTP client, below many a Java SDK. As it is by default, it sends {@code Upgrade:
 * h2c} with its first request; the server ignores that and goes on in HTTP/1.1.
 */
@ExtendWith(OneServer.class)
class JdkHttpClientIT {
    private static final String BODY =
            """
            {"model": "default", "temperature": 0, "max_tokens": 12, "stream": %s,
             "messages": [{"role": "user", "content": "Name the capital of France."}]}\
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ServedGateway server;

    JdkHttpClientIT(ServedGateway server) {
        this.server = server;
    }

    @AfterEach
    void close() {
        client.shutdownNow();
    }

    private HttpRequest post(String body) {
        return HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
                .header("content-type", "application/json")
                .timeout(Texts.SOON)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    @Test
    void isAnsweredAgainAndAgain() throws IOException, InterruptedException {
        assertThat(client.version()).isEqualTo(Version.HTTP_2);
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer =
                    client.send(post(BODY.formatted(false)), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(Version.HTTP_1_1);
            assertThat(answer.body()).contains("\"chat.completion\"", "Paris");
        }
    }

    @Test
    void isAnsweredWhateverTheBodysSize() throws IOException, InterruptedException {
        String padded = BODY.formatted(false) + " ".repeat(1_000_000);

        HttpResponse<String> answer = client.send(post(padded), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Paris");
    }

    @Test
    void isAnsweredOnSeveralConnectionsAtOnce() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers =
                IntStream.range(0, 6)
                        .mapToObj(i ->
                                client.sendAsync(
                                        post(BODY.formatted(false)), BodyHandlers.ofString()))
                        .toList();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get(60, TimeUnit.SECONDS).body()).contains("Paris");
        }
    }

    @Test
    void readsAStreamLineByLine() throws IOException, InterruptedException {
        HttpResponse<Stream<String>> answer =
                client.send(post(BODY.formatted(true)), BodyHandlers.ofLines());

        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        try (Stream<String> lines = answer.body()) {
            assertThat(lines.filter(line -> !line.isEmpty()).toList())
                    .allMatch(line -> line.startsWith("data: "))
                    .last()
                    .isEqualTo("data: [DONE]");
        }
    }

    @Test
    void isToldWhatIsWrong() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(post("{\"model\": \"default\"}"), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"param\":\"messages\"", "validation_failed");
    }
}
