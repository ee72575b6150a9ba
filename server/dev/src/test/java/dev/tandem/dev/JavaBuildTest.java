package dev.tandem.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaBuildTest {
    @TempDir Path folder;

    private DevOptions options;
    private JavaBuild build;

    @BeforeEach
    void open() {
        options =
                new DevOptions(
                        "a.Main",
                        List.of(),
                        folder,
                        "mvn",
                        String.valueOf(Runtime.version().feature()),
                        8080,
                        List.of(folder.resolve("target/classes")));
        build = new JavaBuild(options);
    }

    @AfterEach
    void close() {
        build.close();
    }

    @Test
    void whatIsRightBecomesClasses() throws IOException {
        write("src/main/java/a/Main.java", "package a; class Main { class Inner {} }");

        assertThat(build.compile(false)).isEmpty();

        assertThat(classes("a")).contains("Main.class", "Main$Inner.class");
    }

    @Test
    void whatIsWrongIsToldWithItsPlaceAndNoClassIsTouched() throws IOException {
        write("src/main/java/a/Main.java", "package a;\nclass Main {\n  int x = \"text\";\n}\n");
        write("src/main/java/a/Right.java", "package a; class Right {}");

        assertThat(build.compile(false))
                .singleElement()
                .asString()
                .startsWith(Path.of("src/main/java/a/Main.java") + ":3: ")
                .contains("String cannot be converted to int");
        assertThat(folder.resolve("target/classes/a/Right.class")).doesNotExist();
    }

    @Test
    void generatedSourcesAreCompiledWhenTheyChanged() throws IOException {
        write("target/generated-sources/protobuf/a/Made.java", "package a; class Made {}");
        write("src/main/java/a/Main.java", "package a; class Main { Made made; }");

        assertThat(build.compile(false)).isNotEmpty();
        assertThat(build.compile(true)).isEmpty();
        assertThat(build.compile(false)).isEmpty();
    }

    @Test
    void theClassesOfASourceThatIsGoneAreRemoved() throws IOException {
        write("src/main/java/a/Main.java", "package a; class Main { class Inner {} }");
        write("src/main/java/a/MainOther.java", "package a; class MainOther {}");
        build.compile(false);

        build.forget(options.sources().resolve("a").resolve("Main.java"), options.sources());

        assertThat(classes("a")).containsExactly("MainOther.class");
    }

    @Test
    void theClassesOfAGeneratedSourceThatIsGoneAreRemoved() throws IOException {
        Path made = options.generated().resolve("protobuf").resolve("a").resolve("Made.java");
        write("target/generated-sources/protobuf/a/Made.java", "package a; class Made {}");
        write("src/main/java/a/Main.java", "package a; class Main {}");
        build.compile(true);

        assertThat(build.generatedSources()).containsExactly(made);
        build.forget(made, options.generatedRoot(made));

        assertThat(classes("a")).containsExactly("Main.class");
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> classes(String within) throws IOException {
        try (Stream<Path> files = Files.list(options.classes().resolve(within))) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }
}
