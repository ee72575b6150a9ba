package dev.tandem.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the clients have checked in is what {@code clients/generate} makes of the contract. */
@DisabledOnOs(OS.WINDOWS)
class GeneratedIT {
    private static final Path CLIENTS = Path.of("..").toAbsolutePath().normalize();
    private static final Path TOOLS = Path.of("target", "tools", "generate").toAbsolutePath();
    private static final List<String> FOLDERS =
            List.of("go/gen", "python/src/tandem_client/v1", "typescript/src/gen");

    @Test
    void whatIsCheckedInIsWhatIsGenerated(@TempDir Path made) throws IOException {
        List.of("npm", "go", "python3").forEach(Programs::needs);

        Command.of(CLIENTS.resolve("generate").toString(), made.toString())
                .with("TANDEM_TOOLS", TOOLS.toString())
                .output();

        for (String folder : FOLDERS) {
            Map<String, String> generated = files(made.resolve(folder));
            assertThat(generated).as(folder).isNotEmpty();
            assertThat(files(CLIENTS.resolve(folder))).as(folder).isEqualTo(generated);
        }
    }

    /** By their paths, without what Python leaves where it has run. */
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file :
                    all.filter(Files::isRegularFile).filter(GeneratedIT::source).toList()) {
                found.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return found;
    }

    private static boolean source(Path file) {
        return !file.toString().contains("__pycache__");
    }
}
