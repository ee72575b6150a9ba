package dev.tandem.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is shown of what Maven says. */
@DisabledOnOs(OS.WINDOWS) // Maven is played by a script
class ProtoBuildTest {
    @TempDir Path folder;

    @Test
    void nothingIsWrongWhereMavenSucceeds() throws Exception {
        assertThat(generate("echo '[INFO] a.proto:1'")).isEmpty();
    }

    @Test
    void whatProtocSaysIsToldWithTheFilesPlaceInTheProject() throws Exception {
        String protoc =
                "echo \"[WARNING] [protoc - stderr pid=7] $PWD/src/main/proto/a.proto:3:1: Wrong.\"";

        assertThat(generate(protoc + "\necho '[ERROR] Generation failed'\nexit 1"))
                .containsExactly("src/main/proto/a.proto:3:1: Wrong.");
    }

    @Test
    void otherwiseMavensErrorsAreTold() throws Exception {
        assertThat(generate("echo '[INFO] Scanning'\necho '[ERROR] No pom.'\nexit 1"))
                .containsExactly("No pom.");
    }

    @Test
    void aMavenThatDoesNotBeginIsToldInItsWords() throws Exception {
        assertThat(generate("echo 'JAVA_HOME is wrong' >&2\nexit 1"))
                .containsExactly("JAVA_HOME is wrong");
    }

    private List<String> generate(String script) throws IOException, InterruptedException {
        Path real = folder.toRealPath();
        Path maven = real.resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
        return new ProtoBuild(
                        new DevOptions(
                                "a.Main", List.of(), real, maven.toString(), "25", 1, List.of()))
                .generate();
    }
}
