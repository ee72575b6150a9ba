package dev.tandem.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.config.key.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Defaults, then the file, then .env, then the environment, then flags: for every type. */
class PrecedenceTest {
    @TempDir Path folder;

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(Probe.WORD, "plain", "a", "b", "c", "d"),
                Arguments.of(Probe.NUMBER, "1", "2", "3", "4", "5"),
                Arguments.of(Probe.SIZE, "1KiB", "2KiB", "3 KiB", "4kB", "5000"),
                Arguments.of(Probe.TIME, "1s", "2s", "3 s", "4", "5s"),
                Arguments.of(Probe.FLAG, "off", "on", "off", "true", "false"),
                Arguments.of(Probe.SHADE, "light", "dark", "light", "dark", "light"),
                Arguments.of(Probe.PATH, "-", "a", "b", "/c", "d"),
                Arguments.of(Probe.SECRET, "-", "one", "two", "three", "four"),
                Arguments.of(Probe.NAMES, "[]", "[a, b]", "c,d", "[\"e\"]", "f"),
                Arguments.of(
                        Probe.WEIGHTS, "{}", "{a: 1}", "{\"b\": 2}", "{\"c\": 3}", "{\"d\": 4}"),
                Arguments.of(
                        Probe.UPSTREAMS,
                        "[]",
                        "[{name: a}]",
                        "[{\"name\": \"b\"}]",
                        "[{\"name\": \"c\", \"weight\": 3}]",
                        "[{\"name\": \"d\"}, {\"name\": \"e\"}]"));
    }

    @ParameterizedTest
    @MethodSource("types")
    <T> void theLaterSourceWins(
            Key<T> key, String byDefault, String file, String dotEnv, String variable, String flag)
            throws Exception {
        String name = "TANDEM_PROBE_" + key.name().toUpperCase(Locale.ROOT);
        assertThat(origin(key, Map.of(), Map.of())).isEqualTo("default");

        Files.writeString(
                folder.resolve("tandem.yaml"), "probe:\n  %s: %s\n".formatted(key.name(), file));
        Object ofFile = value(key, Map.of(), Map.of());
        assertThat(origin(key, Map.of(), Map.of()))
                .isEqualTo("tandem.yaml:2:" + (5 + key.name().length()));

        Files.writeString(folder.resolve(".env"), name + "='" + dotEnv + "'\n");
        Object ofDotEnv = value(key, Map.of(), Map.of());
        assertThat(origin(key, Map.of(), Map.of())).isEqualTo(".env:1: " + name);

        Map<String, String> environment = Map.of(name, variable);
        Object ofVariable = value(key, environment, Map.of());
        assertThat(origin(key, environment, Map.of())).startsWith(name);

        Map<String, String> flags = Map.of("--probe-" + key.name(), flag);
        Object ofFlag = value(key, environment, flags);
        assertThat(origin(key, environment, flags)).startsWith("--probe-" + key.name());

        assertThat(ofFile).isNotEqualTo(ofDotEnv);
        assertThat(ofDotEnv).isNotEqualTo(ofVariable);
        assertThat(ofVariable).isNotEqualTo(ofFlag);
        assertThat(byDefault).isNotEqualTo(ofFile.toString());
    }

    private <T> Object value(Key<T> key, Map<String, String> environment, Map<String, String> flags)
            throws Exception {
        Configuration read = Probe.read(folder, environment, flags);
        assertThat(read.settings().get(Probe.SECTION)).isNotNull();
        return read.values(Probe.SECTION).find(key).orElseThrow();
    }

    private String origin(Key<?> key, Map<String, String> environment, Map<String, String> flags) {
        return Probe.read(folder, environment, flags)
                .values(Probe.SECTION)
                .origin(key)
                .text()
                .replaceFirst("(TANDEM_\\w+):1:1$", "$1");
    }

    @Test
    void theFileIsTheNamedOneOrThatOfTheFolderOrOfTheHome() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(home.resolve("tandem.yaml"), "probe: {word: home}\n");
        Map<String, String> environment = Map.of("TANDEM_HOME", "home");
        assertThat(word(environment)).isEqualTo("home");
        Files.writeString(folder.resolve("tandem.yaml"), "probe: {word: here}\n");
        assertThat(word(environment)).isEqualTo("here");
        Files.writeString(folder.resolve("other.yaml"), "probe: {word: other}\n");
        assertThat(word(Map.of("TANDEM_CONFIG", "other.yaml"))).isEqualTo("other");
        assertThat(Probe.read(folder, Map.of("TANDEM_CONFIG", "no.yaml"), Map.of()).problems())
                .hasToString("[no.yaml: there is no such file.]");
    }

    private String word(Map<String, String> environment) throws Exception {
        return Probe.read(folder, environment, Map.of()).settings().get(Probe.SECTION).word();
    }

    @Test
    void pathsInTheFileAreRelativeToItAndOthersToTheWorkingDirectory() throws Exception {
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(conf.resolve("tandem.yaml"), "probe:\n  path: a.txt\n");
        Map<String, String> named = Map.of("TANDEM_CONFIG", "conf/tandem.yaml");
        assertThat(path(named)).isEqualTo(conf.resolve("a.txt"));
        assertThat(path(Map.of("TANDEM_CONFIG", "conf/tandem.yaml", "TANDEM_PROBE_PATH", "b.txt")))
                .isEqualTo(folder.resolve("b.txt"));
    }

    private Path path(Map<String, String> environment) throws Exception {
        return Probe.read(folder, environment, Map.of())
                .settings()
                .get(Probe.SECTION)
                .path()
                .orElseThrow();
    }

    @Test
    void referencesAreFollowed() throws Exception {
        Files.writeString(folder.resolve(".env"), "OWN_WORD=dotted\n");
        Files.writeString(
                folder.resolve("tandem.yaml"),
                """
                probe:
                  word: ${OWN_WORD}
                  number: ${NUMBER:-7}
                  secret: "a$$b${NONE:-}c$d"
                  names: ["${FIRST}", two]
                """);

        Probe probe =
                Probe.read(folder, Map.of("FIRST", "one"), Map.of()).settings().get(Probe.SECTION);

        assertThat(probe.word()).isEqualTo("dotted");
        assertThat(probe.number()).isEqualTo(7);
        assertThat(probe.secret().orElseThrow().reveal()).isEqualTo("a$bc$d");
        assertThat(probe.names()).containsExactly("one", "two");
    }

    @Test
    void whatIsSetToNothingIsNotSet() throws Exception {
        Files.writeString(
                folder.resolve("tandem.yaml"),
                "probe:\n  word:\n  number: ~\n  size: ''\n  names:\nx-own: {a: [1]}\n");

        assertThat(
                        Probe.read(folder, Map.of("TANDEM_PROBE_WORD", " "), Map.of())
                                .settings()
                                .get(Probe.SECTION))
                .extracting(Probe::word, Probe::number, Probe::size)
                .containsExactly("plain", 1, 1024L);
    }
}
