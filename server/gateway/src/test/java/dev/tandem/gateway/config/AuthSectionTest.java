package dev.tandem.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.store.Machine;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthSectionTest {
    private static final Machine LINUX = new Machine("Linux", "amd64", Path.of("/home/ada"), 8);

    private final Secret key = ApiKey.create(new SecureRandom());

    @Test
    void nobodyIsAskedUnlessItIsSaid() throws Exception {
        assertThat(read()).isEqualTo(AuthSettings.NONE);
    }

    @Test
    void anAddressForOthersNeedsKeysOrAWord() throws Exception {
        assertThat(problems("TANDEM_HOST", "0.0.0.0"))
                .singleElement()
                .asString()
                .contains("TANDEM_KEYS_FILE", "TANDEM_ALLOW_ANONYMOUS");
        assertThat(read("TANDEM_HOST", "0.0.0.0", "TANDEM_ALLOW_ANONYMOUS", "on").anonymous())
                .isTrue();
        assertThat(
                        read("TANDEM_HOST", "0.0.0.0", "TANDEM_API_KEYS", "ci:" + key.reveal())
                                .guarded())
                .isTrue();
        assertThat(
                        problems(
                                "TANDEM_ALLOW_ANONYMOUS",
                                "on",
                                "TANDEM_API_KEYS",
                                "ci:" + key.reveal()))
                .singleElement()
                .asString()
                .contains("choose one");
    }

    @Test
    void keysAreKeptAsHashesAndNoProblemRepeatsThem() throws Exception {
        AuthSettings settings =
                read("TANDEM_API_KEYS", "ci:" + key.reveal() + ", ops:sha256:" + "ab".repeat(32));
        assertThat(settings.keys()).hasSize(2);
        assertThat(settings.keys().getFirst().hash()).isEqualTo(KeyHash.of(key));
        assertThat(settings.toString()).doesNotContain(key.reveal());

        String typo = key.reveal().substring(0, 52) + "-";
        for (String wrong :
                List.of(
                        "ci:" + typo,
                        key.reveal(),
                        "c i:" + key.reveal(),
                        "ci:secret",
                        "ci:sha256:xyz",
                        "ci:" + key.reveal() + ",ci:" + key.reveal())) {
            assertThat(problems("TANDEM_API_KEYS", wrong))
                    .singleElement()
                    .asString()
                    .startsWith("TANDEM_API_KEYS: entry ")
                    .doesNotContain(typo, key.reveal(), "secret");
        }
    }

    @Test
    void theFileOfKeysMustBeOne(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keys.json");
        assertThat(problems("TANDEM_KEYS_FILE", file.toString()))
                .singleElement()
                .asString()
                .contains("does not exist", "tandem keys create");
        Files.writeString(file, "nonsense");
        assertThat(problems("TANDEM_KEYS_FILE", file.toString())).hasSize(1);
        Files.writeString(file, "{\"keys\": []}");
        assertThat(read("TANDEM_KEYS_FILE", file.toString()).keysFile()).contains(file);
    }

    @Test
    void tokensOfAnIssuer() throws Exception {
        var jwt =
                read(
                                "TANDEM_JWT_ISSUER", "https://id.example/realms/a",
                                "TANDEM_JWT_AUDIENCE", "tandem, other",
                                "TANDEM_JWT_JWKS_URL", "https://id.example/keys",
                                "TANDEM_JWT_ALGORITHMS", "PS256",
                                "TANDEM_JWT_SKEW", "5s",
                                "TANDEM_JWT_NAME_CLAIM", "client_id")
                        .jwt()
                        .orElseThrow();
        assertThat(jwt.audiences()).containsExactlyInAnyOrder("tandem", "other");
        assertThat(jwt.keys()).isEqualTo(URI.create("https://id.example/keys"));
        assertThat(jwt.algorithms()).containsExactly("PS256");
        assertThat(jwt.skew()).isEqualTo(Duration.ofSeconds(5));
        assertThat(jwt.nameClaim()).isEqualTo("client_id");

        assertThat(problems("TANDEM_JWT_ISSUER", "https://id.example")).hasSize(1);
        assertThat(problems("TANDEM_JWT_AUDIENCE", "a")).hasSize(1);
        assertThat(problems("TANDEM_JWT_ISSUER", "http://id.example", "TANDEM_JWT_AUDIENCE", "a"))
                .singleElement()
                .asString()
                .contains("https");
        assertThat(
                        problems(
                                "TANDEM_JWT_ISSUER",
                                "https://id.example",
                                "TANDEM_JWT_AUDIENCE",
                                "a",
                                "TANDEM_JWT_ALGORITHMS",
                                "none"))
                .hasSize(1);
    }

    @Test
    void originsOfPages() throws Exception {
        assertThat(
                        read("TANDEM_CORS_ORIGINS", "https://a.example,http://localhost:3000")
                                .cors()
                                .origins())
                .containsExactlyInAnyOrder("https://a.example", "http://localhost:3000");
        assertThat(problems("TANDEM_CORS_ORIGINS", "*")).singleElement().asString().contains("*");
    }

    private static AuthSettings read(String... environment) throws SettingsException {
        return AuthSettings.of(settings(environment));
    }

    private static List<String> problems(String... environment) {
        return catchThrowableOfType(SettingsException.class, () -> settings(environment))
                .problems();
    }

    private static Settings settings(String... environment) throws SettingsException {
        return Configuration.read(
                        new Inputs(
                                Map.of(),
                                map(environment),
                                Path.of("/no/such/folder"),
                                LINUX,
                                null))
                .settings();
    }

    private static Map<String, String> map(String... environment) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < environment.length; i += 2) {
            map.put(environment[i], environment[i + 1]);
        }
        return map;
    }
}
