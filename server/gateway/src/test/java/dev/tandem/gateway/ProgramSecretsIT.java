package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Ports;
import dev.tandem.testtools.Running;
import dev.tandem.testtools.WrittenSecrets;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program with every kind of secret in its settings, at its most talkative, called with good
 * and bad credentials, with a wrong change of its settings and a thread dump: it prints none of
 * them.
 */
@DisabledOnOs(OS.WINDOWS)
class ProgramSecretsIT {
    private static final Pattern PORT = Pattern.compile("Tandem listens on 127\\.0\\.0\\.1:(\\d+)");
    private static final String ISSUER = "https://id.example";

    @TempDir Path folder;

    private final List<String> secrets = new ArrayList<>();

    /** Made by the program, as its user would. */
    private String key(String name) throws Exception {
        Program.Ended made =
                Program.run(
                        "keys", "--file", folder.resolve("keys.json").toString(), "create", name);
        assertThat(made.exit()).as(made.text().replaceAll("tdm_\\w+", "***")).isZero();
        Matcher key = Pattern.compile("tdm_[0-9A-Za-z]{49}").matcher(made.text());
        assertThat(key.find()).isTrue();
        return secret(key.group());
    }

    private String secret(String text) {
        secrets.add(text);
        return text;
    }

    @Test
    void itPrintsNoneOfThem() throws Exception {
        String filed = key("filed");
        String told = key("told");
        String unknown = key("unknown").replaceFirst(".{6}$", "000000");
        String shared = secret("c2hhcmVkLXNlY3JldC1vZi10aGUtaXNzdWVyLTEyMzQ1Njc4");
        Path settings = Files.writeString(folder.resolve("tandem.yaml"), yaml(told));
        Files.writeString(
                folder.resolve("issuer.json"),
                "{\"keys\": [{\"kty\": \"oct\", \"alg\": \"HS256\", \"kid\": \"k\", \"k\": \"%s\"}]}"
                        .formatted(shared));
        try (Running server = start(settings)) {
            int port = port(server.await("Tandem listens"));
            for (String credential :
                    List.of(
                            "Bearer " + filed,
                            "Bearer " + told,
                            "Bearer " + unknown,
                            "Bearer " + token(shared, 4_000_000_000L),
                            "Bearer " + token(shared, 1_000_000_000L),
                            "Bearer " + token("eHl6", 4_000_000_000L),
                            "Basic " + base64("me:" + filed),
                            "Basic " + base64(unknown),
                            "Digest " + told,
                            told)) {
                secrets.add(credential.substring(credential.indexOf(' ') + 1));
                call(port, credential);
            }
            Program.Ended list =
                    Program.end(
                            Program.start(
                                    List.of("TANDEM_API_KEY=" + filed),
                                    "models",
                                    "--port",
                                    String.valueOf(port)));
            assertThat(list.text()).contains("SmolLM2");

            change(settings, yaml(told + ", x:" + filed.substring(0, 40)));
            server.await("the change is not taken");
            Command.of("kill", "-QUIT", String.valueOf(server.pid())).output();
            server.await("Full thread dump").await("JNI global refs");

            String printed = server.stop().text() + list.text();
            assertThat(printed)
                    .contains("invalid_credentials", "expired_credentials", "\"key\":\"filed\"");
            assertThat(WrittenSecrets.in(printed)).isEmpty();
            secrets.forEach(secret ->
                    assertThat(printed.contains(secret))
                            .as("a secret of %d characters", secret.length())
                            .isFalse());
        }
    }

    private String yaml(String keys) {
        return """
        logging: {level: trace}
        auth:
          api_keys: "told:%s"
          keys_file: keys.json
        jwt: {issuer: "%s", audience: [tandem], jwks_file: issuer.json, algorithms: [HS256]}
        """
                .formatted(keys, ISSUER);
    }

    private Running start(Path settings) throws Exception {
        Path bin = Program.endlessPip(folder); // keeps the server in its loading state
        int nobody = Ports.free();
        return Command.of(
                        Program.FOLDER.resolve("bin/tandem").toString(),
                        "serve",
                        "--config",
                        settings.toString(),
                        "--port",
                        "0")
                .with(
                        Map.of(
                                "TANDEM_HOME",
                                folder.resolve("home").toString(),
                                "PATH",
                                bin.toString(),
                                "JAVA_HOME",
                                System.getProperty("java.home"),
                                "TANDEM_REDIS_URL",
                                "redis://me:" + secret("p4ss-of-redis") + "@127.0.0.1:" + nobody,
                                "TANDEM_OTLP_ENDPOINT",
                                "http://127.0.0.1:" + nobody,
                                "TANDEM_OTLP_HEADERS",
                                "authorization=" + secret("p4ss-of-traces")))
                .start();
    }

    private static int port(Running server) {
        Matcher port = PORT.matcher(server.text());
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    private static void call(int port, String credential) throws Exception {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
                for (String path : List.of("/v1/models", "/docs", "/nowhere", "/ready")) {
                    HttpResponse<String> answer =
                            client.send(
                                    HttpRequest.newBuilder(
                                                    URI.create("http://127.0.0.1:" + port + path))
                                            .header("authorization", credential)
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());
                    assertThat(answer.body()).doesNotContain(credential);
                    assertThat(answer.headers().map().toString()).doesNotContain(credential);
                }
            }
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String token(String shared, long expires) throws Exception {
        String head = part("{\"alg\":\"HS256\",\"kid\":\"k\"}");
        String claims =
                part(
                        "{\"iss\":\"%s\",\"aud\":\"tandem\",\"sub\":\"ada\",\"scope\":\"models.read\",\"exp\":%d}"
                                .formatted(ISSUER, expires));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(shared), "HmacSHA256"));
        byte[] sum = mac.doFinal((head + "." + claims).getBytes(StandardCharsets.US_ASCII));
        return head
                + "."
                + claims
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(sum);
    }

    private static String part(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void change(Path file, String text) throws Exception {
        Path next = Files.writeString(file.resolveSibling("next.yaml"), text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
