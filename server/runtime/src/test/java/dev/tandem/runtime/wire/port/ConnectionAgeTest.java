package dev.tandem.runtime.wire.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.connection.WireSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** HTTP/1.1 connections that are as old as they may be; those of HTTP/2 are in ShutdownTest. */
@Timeout(60)
class ConnectionAgeTest {
    @Test
    void theAnswerOnAnOldConnectionIsItsLast() throws Exception {
        WireSettings shortLived =
                WireSettings.defaults()
                        .with(new WireSettings.Age(Duration.ofSeconds(1), Duration.ofMinutes(1)));
        try (TestServer server =
                        TestServer.start(
                                shortLived,
                                routing ->
                                        routing.get(
                                                "/hello",
                                                (request, response) -> response.send("hello")));
                Http1Client client = new Http1Client(server.port())) {
            client.send(Http1Client.get("/hello"));
            Http1Client.Answer young = client.read();
            assertThat(young.head().toLowerCase(Locale.ROOT)).doesNotContain("connection: close");

            Http1Client.Answer[] last = {young};
            Eventually.until(
                    "an answer that ends the connection",
                    () -> {
                        last[0] = ask(client);
                        return last[0].head()
                                .toLowerCase(Locale.ROOT)
                                .contains("connection: close");
                    });

            assertThat(last[0].status()).isEqualTo(200);
            assertThat(last[0].body()).isEqualTo("hello");
            assertThat(client.atEnd()).isTrue();
        }
    }

    private static Http1Client.Answer ask(Http1Client client) {
        try {
            client.send(Http1Client.get("/hello"));
            return client.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
