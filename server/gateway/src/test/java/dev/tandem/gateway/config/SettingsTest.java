package dev.tandem.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.gateway.config.source.Problem;
import dev.tandem.gateway.quota.LimitSet;
import dev.tandem.gateway.quota.QuotaSettings;
import dev.tandem.runtime.WireLimit;
import dev.tandem.store.Machine;
import dev.tandem.store.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final Machine LINUX = new Machine("Linux", "amd64", Path.of("/home/ada"), 8);

    private static Configuration read(Map<String, String> environment, Machine machine) {
        return Configuration.read(
                new Inputs(Map.of(), environment, Path.of("/no/such/folder"), machine, null));
    }

    private static Settings settings(Map<String, String> environment, Machine machine)
            throws SettingsException {
        return read(environment, machine).settings();
    }

    private static Storage storage(Settings settings) {
        return settings.get(StoreSection.SECTION).storage();
    }

    @Test
    void theChatPageCanBeLeftOut() throws Exception {
        Settings settings = settings(Map.of("TANDEM_CHAT_PAGE", "off"), LINUX);

        assertThat(settings.get(ServerSection.SECTION).chatPage()).isFalse();
    }

    @Test
    void everySettingHasADefault() throws Exception {
        Settings settings = settings(Map.of(), LINUX);

        Duration zero = Duration.ZERO;
        assertThat(settings.get(ServerSection.SECTION))
                .isEqualTo(
                        new ServerSection(
                                "127.0.0.1",
                                8080,
                                List.of("127.0.0.1"),
                                4 << 20,
                                Duration.ofSeconds(30),
                                zero,
                                true));
        assertThat(settings.get(StreamsSection.SECTION).heartbeat())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.get(EngineSection.SECTION))
                .isEqualTo(new EngineSection(2048, 4, 7, 64, 1L << 30, EngineSection.Gpu.ALL));
        assertThat(settings.get(EmbeddingsSection.SECTION))
                .isEqualTo(new EmbeddingsSection(true, 8));
        assertThat(settings.get(LoggingSection.SECTION))
                .isEqualTo(
                        new LoggingSection(
                                LoggingSection.Format.AUTO, LoggingSection.Level.INFO, Map.of()));
        assertThat(storage(settings).home()).isEqualTo(Path.of("/home/ada/.cache/tandem"));
        assertThat(storage(settings).model()).isEmpty();
        assertThat(settings.get(TlsSection.SECTION).settings()).isEmpty();
    }

    @Test
    void valuesAreRead() throws Exception {
        Settings settings =
                settings(
                        Map.of(
                                "TANDEM_HOST", "0.0.0.0",
                                "TANDEM_ALLOW_ANONYMOUS", "on",
                                "TANDEM_PORT", "0",
                                "TANDEM_ALLOWED_HOSTS", "tandem.example, *",
                                "TANDEM_MEMORY", "2 GiB",
                                "TANDEM_EMBEDDINGS", "off",
                                "TANDEM_EMBEDDING_THREADS", "3",
                                "TANDEM_MAX_REQUEST", "500KB",
                                "TANDEM_HEARTBEAT", "5s",
                                "TANDEM_DRAIN", "0"),
                        LINUX);

        assertThat(settings.get(ServerSection.SECTION))
                .isEqualTo(
                        new ServerSection(
                                "0.0.0.0",
                                0,
                                List.of("tandem.example", "*"),
                                500_000,
                                Duration.ZERO,
                                Duration.ZERO,
                                true));
        assertThat(settings.get(EngineSection.SECTION).memoryBytes()).isEqualTo(2L << 30);
        assertThat(settings.get(EmbeddingsSection.SECTION))
                .isEqualTo(new EmbeddingsSection(false, 3));
        assertThat(settings.get(StreamsSection.SECTION).heartbeat())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everyProblemIsToldAtOnceWithTheKeyTheRangeAndTheDefault() {
        SettingsException problems =
                catchThrowableOfType(
                        SettingsException.class,
                        () ->
                                settings(
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
                        "TANDEM_SLOTS: 'many' is not 1 to 64 (default: 4).",
                        "TANDEM_MEMORY: '9999999999999GiB' is not 64MiB to 1024GiB (default: 1GiB).",
                        "TANDEM_HEARTBEAT: '10m' is not 1s to 300s (default: 10s).",
                        "TANDEM_MODEL: '/no/such.gguf' is not a file that can be read.");
    }

    @Test
    void everyLimitOfConnectionsHasItsDefaultAndCanBeSet() throws Exception {
        assertThat(settings(Map.of(), LINUX).get(WireSection.SECTION).limits())
                .containsEntry(WireLimit.PING_AFTER, 30L)
                .containsEntry(WireLimit.STREAM_WINDOW, 262_144L)
                .containsOnlyKeys(WireLimit.values());
        assertThat(
                        settings(
                                        Map.of(
                                                "TANDEM_PING_AFTER", "5s",
                                                "TANDEM_STREAM_WINDOW", "1MiB",
                                                "TANDEM_MAX_CONNECTIONS", "20"),
                                        LINUX)
                                .get(WireSection.SECTION)
                                .limits())
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
                                settings(
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
                                + " required with tls.client_ca, else none).",
                        "TANDEM_PING_AFTER: '0' is not 1s to 86400s (default: 30s).",
                        "TANDEM_SEND_BACKLOG: '1GiB' is not 16KiB to 16MiB (default: 128KiB).",
                        "TANDEM_TLS_CERT: " + folder + ": this is a folder; name the file in it.",
                        "TANDEM_TLS_CERT: " + key + ": there is no such file.",
                        "TANDEM_CONNECTION_WINDOW: '100KiB' is less than connections.stream_window"
                                + " (TANDEM_STREAM_WINDOW), which is '256KiB'.");
    }

    @Test
    void tlsNeedsBothFilesAndClientsNeedAuthorities() {
        assertThat(problems("TANDEM_TLS_CERT"))
                .containsExactly("TANDEM_TLS_CERT: set tls.key (TANDEM_TLS_KEY) too.");
        assertThat(problems("TANDEM_TLS_KEY"))
                .containsExactly("TANDEM_TLS_KEY: set tls.cert (TANDEM_TLS_CERT) too.");
        assertThat(problems("TANDEM_TLS_CLIENT_CA"))
                .containsExactly("TANDEM_TLS_CLIENT_CA: set tls.cert (TANDEM_TLS_CERT) too.");
    }

    @Test
    void aDescriptorSetMustBeThereAndWhole() {
        assertThat(problems("TANDEM_EXTRACTION_DESCRIPTOR_SETS"))
                .containsExactly(
                        "TANDEM_EXTRACTION_DESCRIPTOR_SETS: /no/such.pem: there is no such file.");
    }

    private static List<String> problems(String key) {
        return catchThrowableOfType(
                        SettingsException.class, () -> settings(Map.of(key, "/no/such.pem"), LINUX))
                .problems();
    }

    @Test
    void aBlankValueIsNoValue() throws Exception {
        assertThat(settings(Map.of("TANDEM_PORT", " "), LINUX).get(ServerSection.SECTION).port())
                .isEqualTo(8080);
    }

    @Test
    void aMisspeltSettingIsNoted() {
        assertThat(read(Map.of("TANDEM_PROT", "1", "TANDEM_JAVA_OPTS", "-Xmx1g"), LINUX).notes())
                .extracting(Problem::text)
                .containsExactly(
                        "TANDEM_PROT: this is not a setting and changes nothing; did you mean"
                                + " TANDEM_PORT?");
    }

    @Test
    void aPortThatKubernetesAddedIsExplained() {
        SettingsException problems =
                catchThrowableOfType(
                        SettingsException.class,
                        () -> settings(Map.of("TANDEM_PORT", "tcp://10.0.0.1:8080"), LINUX));

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
                        () -> settings(Map.of("TANDEM_HOME", file.toString()), LINUX));

        assertThat(problems)
                .hasMessageContaining("TANDEM_HOME")
                .hasMessageContaining("is not a folder");
    }

    private static Path home(Machine machine, Map<String, String> environment)
            throws SettingsException {
        return storage(settings(environment, machine)).home();
    }

    @Test
    void readsLimitsAndRedis() throws SettingsException {
        Settings settings =
                settings(
                        Map.of(
                                "TANDEM_LIMITS_CALLER",
                                "{requests_per_minute: 60, tokens_per_day: 1000000}",
                                "TANDEM_LIMITS_CALLERS",
                                "{\"gold\": {\"concurrent\": 9}}",
                                "TANDEM_LIMITS_SERVER",
                                "{concurrent: 4}",
                                "TANDEM_MAX_RUNNING",
                                "8",
                                "TANDEM_REDIS_URL",
                                "redis://:secret@example.org",
                                "TANDEM_REDIS_AWAY",
                                "closed"),
                        LINUX);
        QuotaSettings quotas = settings.get(LimitsSection.SECTION).quotas();
        assertThat(quotas.caller()).isEqualTo(new LimitSet(60, 0, 1_000_000, 0));
        assertThat(quotas.ofCaller(Optional.of("gold"))).isEqualTo(new LimitSet(0, 0, 0, 9));
        assertThat(quotas.ofCaller(Optional.of("none"))).isEqualTo(quotas.caller());
        assertThat(quotas.server()).isEqualTo(new LimitSet(0, 0, 0, 4));
        assertThat(settings.get(AdmissionSection.SECTION).capacity().running()).isEqualTo(8);
        RedisSection redis = settings.get(RedisSection.SECTION);
        assertThat(redis.away()).isEqualTo(RedisSection.Away.CLOSED);
        assertThat(redis).asString().contains("example.org").doesNotContain("secret");
    }

    @Test
    void tellsWhatIsWrongWithLimitsAndNothingOfTheSecret() {
        SettingsException wrong =
                catchThrowableOfType(
                        SettingsException.class,
                        () ->
                                settings(
                                        Map.of(
                                                "TANDEM_LIMITS_MODEL",
                                                "{tokens: 5, concurrent: -1}",
                                                "TANDEM_REDIS_URL",
                                                "http://u:secret@example.org"),
                                        LINUX));
        assertThat(wrong.problems())
                .anyMatch(line -> line.contains("limits.model.tokens: there is no such key"))
                .anyMatch(line -> line.contains("limits.model.concurrent: '-1' is not 0 to"))
                .anyMatch(line -> line.startsWith("TANDEM_REDIS_URL: it is not of the form"))
                .noneMatch(line -> line.contains("secret"));
    }
}
