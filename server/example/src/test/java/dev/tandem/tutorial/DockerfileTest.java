package dev.tandem.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerfileTest {
    private static final String STEPS =
            """
            # what it is for
            FROM somebody/java:25
            COPY target/lib /opt/it/lib
            COPY target/it.jar /opt/it/
            USER 1000:1000
            ENV HOST=0.0.0.0
            EXPOSE 8080
            ENTRYPOINT ["java", "-jar", "/opt/it/it.jar"]
            """;

    @TempDir Path room;

    private Path project(String ignored, String steps) throws IOException {
        Path folder = room.resolve("project");
        Files.createDirectories(folder.resolve("target/lib/more"));
        Files.writeString(folder.resolve("target/it.jar"), "it");
        Files.writeString(folder.resolve("target/lib/more/a.jar"), "a");
        Files.writeString(folder.resolve(".dockerignore"), ignored);
        Files.writeString(folder.resolve("Dockerfile"), steps);
        return folder;
    }

    @Test
    void laysTheFilesWhereTheImageHasThem() throws IOException {
        Path image = room.resolve("image");
        Dockerfile.of(project("*\n!target/*.jar\n!target/lib\n", STEPS)).build(image);

        assertThat(image.resolve("opt/it/it.jar")).hasContent("it");
        assertThat(image.resolve("opt/it/lib/more/a.jar")).hasContent("a");
    }

    @Test
    void whatIsIgnoredIsNotThere() throws IOException {
        Dockerfile dockerfile = Dockerfile.of(project("*\n!target/*.jar\n", STEPS));

        assertThatThrownBy(() -> dockerfile.build(room.resolve("image")))
                .hasMessage(".dockerignore keeps back target/lib");
    }

    @Test
    void runsTheProgramOfTheImageWithItsVariables() throws IOException {
        assertThat(Dockerfile.of(project("", STEPS)).command(Path.of("/tmp/image")))
                .isEqualTo("env HOST=0.0.0.0 \"java\" \"-jar\" \"/tmp/image/opt/it/it.jar\"");
    }

    @Test
    void aStepThatItDoesNotKnowIsNotPassedOver() throws IOException {
        Path folder = project("", STEPS + "RUN rm -r /\n");

        assertThatThrownBy(() -> Dockerfile.of(folder)).hasMessageEndingWith("RUN rm -r /");
    }
}
