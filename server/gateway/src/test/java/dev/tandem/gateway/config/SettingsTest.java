package dev.tandem.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.runtime.WireLimit;
import dev.tandem.store.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final Machine LINUX = new Machine("Linux", "amd64", Path.of("/home/ada"), 8);

    @Test
    void everySettingHasADefault() throws Exception {
        Settings settings = Settings.of(Map.of(), LINUX);

        assertThat(settings.listen().host()).isEqualTo("127.0.0.1");
        assertThat(settings.listen().port()).isEqualTo(8080);
        assertThat(settings.listen().allowedHosts()).containsExactly("127.0.0.1");
        assertThat(settings.limits())
                .isEqualTo(new Limits(4 << 20, Duration.ofSeconds(10), Duration.ofSeconds(30)));
        assertThat(settings.embedded()).isEqualTo(new Embedded(2048, 4, 7, 64, 1L << 30));
        assertThat(settings.embeddings()).isEqualTo(new Embedding(true, 8));
        assertThat(settings.storage().home()).isEqualTo(Path.of("/home/ada/.cache/tandem"));
        assertThat(settings.storage().model()).isEmpty();
        assertThat(settings.notes()).isEmpty();
    }

    @Test
    void valuesAreRead() throws Exception {
        Settings settings =
                Settings.of(
                        Map.of(
                                "TANDEM_HOST", "0.0.0.0",
                                "TANDEM_PORT", "0",
                                "TANDEM_ALLOWED_HOSTS", "tandem.example, *",
                                "TANDEM_MEMORY", "2 GiB",
                                "TANDEM_EMBEDDINGS", "off",
                                "TANDEM_EMBEDDING_THREADS", "3",
                                "TANDEM_MAX_REQUEST", "500KB",
                                "TANDEM_HEARTBEAT", "5s",
                                "TANDEM_DRAIN", "0"),
                        LINUX);

        assertThat(settings.listen().port()).isZero();
        assertThat(settings.listen().allowedHosts()).containsExactly("tandem.example", "*");
        assertThat(settings.embedded().memoryBytes()).isEqualTo(2L << 30);
        assertThat(settings.embeddings()).isEqualTo(new Embedding(false, 3));
        assertThat(settings.limits())
                .isEqualTo(new Limits(500_000, Duration.ofSeconds(5), Duration.ZERO));
    }

    @Test
    void everyProblemIsToldAtOnceWithTheKeyTheRangeAndTheDefault() {
        SettingsException problems =
                catchThrowableOfType(
                        SettingsException.class,
                        () ->
                                Settings.of(
                                        Map.of(
                                                "TANDEM_PORT", "80800",
                                                "TANDEM_SLOTS", "many",
                                                "TANDEM_MEMORY", "9999999999999GiB",
                                                "TANDEM_HEARTBEAT", "10m",
                                                "TANDEM_MODEL", "/no/such.gguf"),
                                        LINUX));

        assertThat(problems.problems())
                .containsExactly(
                        "TANDEM_PORT: '80800' is not 0 to 65535 (default: 8080).",
                        "TANDEM_HEARTBEAT: '10m' is not 1s to 300s (default: 10s).",
                        "TANDEM_MODEL: '/no/such.gguf' is not a file that can be read; set it to a GGUF"
                                + " file (default: SmolLM2-135M-Instruct).",
                        "TANDEM_SLOTS: 'many' is not 1 to 64 (default: 4).",
                        "TANDEM_MEMORY: '9999999999999GiB' is not 64MiB to 1024GiB (default: 1GiB).");
    }

    @Test
    void everyLimitOfConnectionsHasItsDefaultAndCanBeSet() throws Exception {
        assertThat(Settings.of(Map.of(), LINUX).wire())
                .containsEntry(WireLimit.PING_AFTER, 30L)
                .containsEntry(WireLimit.STREAM_WINDOW, 262_144L)
                .containsOnlyKeys(WireLimit.values());
        assertThat(
                        Settings.of(
                                        Map.of(
                                                "TANDEM_PING_AFTER", "5s",
                                                "TANDEM_STREAM_WINDOW", "1MiB",
                                                "TANDEM_MAX_CONNECTIONS", "20"),
                                        LINUX)
                                .wire())
                .containsEntry(WireLimit.PING_AFTER, 5L)
                .containsEntry(WireLimit.STREAM_WINDOW, 1_048_576L)
                .containsEntry(WireLimit.MAX_CONNECTIONS, 20L);
    }

    @Test
    void wrongLimitsAndTlsFilesAreToldWithTheOthers(@TempDir Path folder) {
        Path key = folder.resolve("server.key");
        SettingsException problems =
                catchThrowableOfType(
                        SettingsException.class,
                        () ->
                                Settings.of(
                                        Map.of(
                                                "TANDEM_TLS_CERT", folder.toString(),
                                                "TANDEM_TLS_KEY", key.toString(),
                                                "TANDEM_TLS_CLIENT_AUTH", "maybe",
                                                "TANDEM_PING_AFTER", "0",
                                                "TANDEM_CONNECTION_WINDOW", "100KiB",
                                                "TANDEM_SEND_BACKLOG", "1GiB"),
                                        LINUX));

        assertThat(problems.problems())
                .containsExactly(
                        "TANDEM_TLS_CLIENT_AUTH: 'maybe' is not none, optional or required (default:"
                                + " required with TANDEM_TLS_CLIENT_CA, else none).",
                        folder + ": this is a folder; name the file in it.",
                        key + ": there is no such file.",
                        "TANDEM_PING_AFTER: '0' is not 1s to 86400s (default: 30s).",
                        "TANDEM_SEND_BACKLOG: '1GiB' is not 16KiB to 16MiB (default: 128KiB).",
                        "TANDEM_CONNECTION_WINDOW: '100KiB' is less than TANDEM_STREAM_WINDOW; set it to"
                                + " 65535 bytes to 1024MiB (default: 8MiB).");
    }

    @Test
    void tlsNeedsBothFilesAndClientsNeedAuthorities() {
        assertThat(problems("TANDEM_TLS_CERT"))
                .containsExactly("TANDEM_TLS_CERT is set; set TANDEM_TLS_KEY too.");
        assertThat(problems("TANDEM_TLS_KEY"))
                .containsExactly("TANDEM_TLS_KEY is set; set TANDEM_TLS_CERT too.");
        assertThat(problems("TANDEM_TLS_CLIENT_CA"))
                .containsExactly("TANDEM_TLS_CLIENT_CA is set; set TANDEM_TLS_CERT too.");
    }

    private static List<String> problems(String key) {
        return catchThrowableOfType(
                        SettingsException.class,
                        () -> Settings.of(Map.of(key, "/no/such.pem"), LINUX))
                .problems();
    }

    @Test
    void aBlankValueIsNoValue() throws Exception {
        assertThat(Settings.of(Map.of("TANDEM_PORT", " "), LINUX).listen().port()).isEqualTo(8080);
    }

    @Test
    void aMisspeltSettingIsNoted() throws Exception {
        Settings settings =
                Settings.of(Map.of("TANDEM_PROT", "1", "TANDEM_JAVA_OPTS", "-Xmx1g"), LINUX);

        assertThat(settings.notes())
                .containsExactly("TANDEM_PROT is not a setting; it changes nothing.");
    }

    @Test
    void aPortThatKubernetesAddedIsExplained() {
        SettingsException problems =
                catchThrowableOfType(
                        SettingsException.class,
                        () -> Settings.of(Map.of("TANDEM_PORT", "tcp://10.0.0.1:8080"), LINUX));

        assertThat(problems).hasMessageContaining("enableServiceLinks");
    }

    @Test
    void eachSystemHasItsCacheFolder() throws Exception {
        Path ada = Path.of("/home/ada");
        Machine mac = new Machine("Mac OS X", "aarch64", ada, 8);
        Machine windows = new Machine("Windows 11", "amd64", ada, 8);

        assertThat(home(LINUX, Map.of("XDG_CACHE_HOME", "/caches")))
                .isEqualTo(Path.of("/caches/tandem"));
        assertThat(home(LINUX, Map.of("XDG_CACHE_HOME", "relative")))
                .isEqualTo(ada.resolve(".cache/tandem"));
        assertThat(home(mac, Map.of())).isEqualTo(ada.resolve("Library/Caches/tandem"));
        assertThat(home(windows, Map.of("LOCALAPPDATA", "/local")))
                .isEqualTo(Path.of("/local/tandem"));
        assertThat(home(windows, Map.of())).isEqualTo(ada.resolve("AppData/Local/tandem"));
        assertThat(home(LINUX, Map.of("TANDEM_HOME", "/data"))).isEqualTo(Path.of("/data"));
    }

    @Test
    void aHomeThatIsAFileIsAProblem(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        SettingsException problems =
                catchThrowableOfType(
                        SettingsException.class,
                        () -> Settings.of(Map.of("TANDEM_HOME", file.toString()), LINUX));

        assertThat(problems)
                .hasMessageContaining("TANDEM_HOME")
                .hasMessageContaining("is not a folder");
    }

    private static Path home(Machine machine, Map<String, String> environment)
            throws SettingsException {
        return Settings.of(environment, machine).storage().home();
    }
}
