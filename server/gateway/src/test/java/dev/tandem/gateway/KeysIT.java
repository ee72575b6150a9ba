package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** API keys as a user meets them: made, shown to a server, revoked while it runs. */
@DisabledOnOs(OS.WINDOWS)
class KeysIT {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    @TempDir Path folder;

    @Test
    void aKeyOpensAServerUntilItIsRevoked() throws Exception {
        Path file = folder.resolve("keys.json");
        String key = created("me", file);
        Path bin = Program.endlessPip(folder);
        List<String> environment = new ArrayList<>();
        environment.add("TANDEM_HOME=" + folder.resolve("home"));
        environment.add("PATH=" + bin);
        environment.add("TANDEM_PORT=0");
        environment.add("TANDEM_KEYS_FILE=" + file);
        String given = created("given", folder.resolve("other.json"));
        environment.add("TANDEM_API_KEYS=given:" + given);
        Process process = Program.start(environment, "serve");
        try (BufferedReader lines = process.inputReader();
                HttpClient client = HttpClient.newHttpClient()) {
            URI models = URI.create("http://127.0.0.1:" + Program.port(lines) + "/v1/models");
            assertThat(status(client, models, "none")).isEqualTo(401);
            assertThat(status(client, models, key)).isEqualTo(200);
            assertThat(status(client, models, given)).isEqualTo(200);
            String next = created("next", file);
            awaitStatus(client, models, next, 200);
            assertThat(keys("revoke", "me", "--file", file.toString()).exit()).isZero();
            awaitStatus(client, models, key, 401);
            assertThat(status(client, models, next)).isEqualTo(200);
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(keys("list", "--file", file.toString()).text())
                .contains("me", "revoked", "next", "valid")
                .doesNotContain(key);
    }

    private static String created(String name, Path file) throws Exception {
        Program.Ended ended = keys("create", name, "--file", file.toString());
        assertThat(ended.exit()).isZero();
        return ended.text()
                .lines()
                .filter(line -> line.startsWith("tdm_"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no key in: " + ended.text()));
    }

    private static Program.Ended keys(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        return Program.end(Program.start(List.of(), all.toArray(String[]::new)));
    }

    private static void awaitStatus(HttpClient client, URI uri, String key, int wanted)
            throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (status(client, uri, key) != wanted) {
            assertThat(System.nanoTime()).as("not %d in time", wanted).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static int status(HttpClient client, URI uri, String key) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(uri)
                                .header("authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
