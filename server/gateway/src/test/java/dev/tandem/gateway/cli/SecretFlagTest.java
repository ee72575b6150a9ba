package dev.tandem.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.config.Sections;
import dev.tandem.gateway.config.key.Setting;
import dev.tandem.runtime.auth.ApiKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines are seen by every user of a machine: none takes a secret. */
class SecretFlagTest {
    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static Stream<Setting<?>> secrets() {
        return Sections.ALL.stream()
                .<Setting<?>>flatMap(section -> section.settings())
                .filter(setting -> setting.key().type().secret());
    }

    @Test
    void thereAreSomeAmongThemTheKeys() {
        assertThat(secrets().map(Setting::flag))
                .contains("--api-keys", "--redis-url", "--otlp-headers");
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void theFlagOfASecretNamesItsOtherPlacesAndDoesNotRepeatIt(Setting<?> setting) {
        String secret = ApiKey.create(new SecureRandom()).reveal();
        for (String[] command :
                List.of(
                        new String[] {"serve"},
                        new String[] {"doctor"},
                        new String[] {"config", "check"},
                        new String[] {"config", "show"})) {
            for (String[] flag :
                    List.of(
                            new String[] {setting.flag(), "ci:" + secret},
                            new String[] {setting.flag() + "=ci:" + secret})) {
                assertThat(run(Stream.of(command, flag).flatMap(Stream::of)))
                        .as(setting.flag())
                        .isEqualTo(2);
                assertThat(err.toString())
                        .contains(
                                setting.flag(),
                                setting.variable() + ",",
                                setting.variable() + "_FILE",
                                setting.flag() + "-file",
                                setting.path() + " in tandem.yaml")
                        .hasLineCount(1);
                assertThat(out + "" + err).doesNotContain(secret.substring(0, 12));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "doctor"})
    void helpHasTheFileOnly(String command) {
        assertThat(run(Stream.of(command, "--help"))).isZero();
        assertThat(out.toString())
                .contains("--api-keys-file", "--redis-url-file")
                .doesNotContainPattern("--(api-keys|redis-url|otlp-headers)[ =]");
    }

    @Test
    void aFileWithItIsTaken() throws Exception {
        String key = ApiKey.create(new SecureRandom()).reveal();
        Path file = Files.writeString(folder.resolve("keys"), "ci:" + key + "\n");

        assertThat(run(Stream.of("config", "show", "--api-keys-file", file.toString()))).isZero();

        assertThat(out.toString())
                .containsPattern("auth\\.api_keys +\\*\\*\\* +--api-keys-file")
                .doesNotContain(key);
    }

    private int run(Stream<String> words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Tandem.run(
                words.toArray(String[]::new),
                new Screen(new PrintWriter(out, true), new PrintWriter(err, true), false),
                (settings, models) -> {
                    throw new IllegalStateException("nothing is served");
                },
                (llama, model, embedded, wanted) -> {
                    throw new CommandException("nothing is loaded");
                },
                settings -> Optional.empty());
    }
}
