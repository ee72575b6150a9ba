package dev.tandem.gateway.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.ChildMain;
import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.EngineSection;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.remote.child.ChildSettings;
import dev.tandem.store.Machine;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildCommandTest {
    private static final EngineSection ENGINE =
            new EngineSection(512, 3, 1, 7, 200L << 20, new EngineSection.Gpu(12, 1));

    private static ChildSettings settings() {
        return ChildCommand.of(
                "smol", Path.of("llama"), Path.of("m.gguf"), ENGINE, Duration.ofSeconds(9));
    }

    @Test
    void aChildBeginsWhereItsMainIs() {
        assertThat(ChildCommand.MAIN).isEqualTo(ChildMain.class.getName());
        assertThat(settings().command()).endsWith(ChildMain.class.getName(), "serve");
        assertThat(Path.of(settings().command().getFirst())).isExecutable();
    }

    @Test
    void everyVariableIsASettingThatIsTaken(@TempDir Path folder) throws Exception {
        Path model = Files.createFile(folder.resolve("m.gguf"));
        ChildSettings child = ChildCommand.of("smol", folder, model, ENGINE, Duration.ofSeconds(9));
        Inputs inputs = new Inputs(Map.of(), child.environment(), folder, Machine.here(), null);

        Configuration read = Configuration.read(inputs);

        assertThat(read.problems()).isEmpty();
        assertThat(read.notes()).isEmpty();
        assertThat(read.settings().get(EngineSection.SECTION)).isEqualTo(ENGINE);
    }

    @Test
    void pathsHoldInAnotherFolder() {
        assertThat(settings().environment().get("TANDEM_MODEL"))
                .isEqualTo(Path.of("m.gguf").toAbsolutePath().toString());
        assertThat(ChildCommand.absolute("lib/a.jar" + File.pathSeparator + "/b.jar"))
                .isEqualTo(Path.of("lib/a.jar").toAbsolutePath() + File.pathSeparator + "/b.jar");
    }

    @Test
    void optionsOfThisProcessAreTheChildsUnlessTheyCannotBeShared() {
        assertThat(
                        ChildCommand.options(
                                Stream.of(
                                        "-Xmx1g",
                                        "-agentlib:jdwp=transport=dt_socket,address=5005",
                                        "-XX:+UseSerialGC",
                                        "-XX:AOTCacheOutput=lib/tandem.aot",
                                        "-XX:AOTCache=/lib/tandem.aot")))
                .isEqualTo(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:AOTCache=/lib/tandem.aot"));
    }
}
