package dev.tandem.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
    private static final String TEXT = "src/main/resources/a/text.txt";

    @TempDir Path folder;

    private Project project;
    private Build build;

    @BeforeEach
    void open() throws IOException {
        project = new Project(folder);
        build = new Build(project.options());
    }

    @AfterEach
    void close() {
        build.close();
    }

    private Set<Path> changed(String file) {
        return Set.of(folder.resolve(file));
    }

    @Test
    void resourcesComeAndGo() throws Exception {
        project.write(TEXT, "text");
        assertThat(build.take(changed(TEXT))).isEmpty();
        assertThat(project.has("target/classes/a/text.txt")).isTrue();

        project.delete(TEXT);
        assertThat(build.take(changed(TEXT))).isEmpty();
        assertThat(project.has("target/classes/a/text.txt")).isFalse();
    }

    @Test
    void whatCouldNotBeTakenIsTakenWithTheNextChange() throws Exception {
        project.write(TEXT, "text").write("target/classes/a", "a file where a folder belongs");
        assertThatThrownBy(() -> build.take(changed(TEXT))).isInstanceOf(IOException.class);

        project.delete("target/classes/a");
        assertThat(build.take(Set.of())).isEmpty();

        assertThat(project.has("target/classes/a/text.txt")).isTrue();
    }

    @Test
    void theClassesOfASourceThatIsGoneStayAsLongAsOthersNameIt() throws Exception {
        project.write("src/main/java/a/One.java", "package a; class One {}")
                .write("src/main/java/a/Two.java", "package a; class Two { One one; }");
        assertThat(build.take(changed("src/main/java/a/One.java"))).isEmpty();

        project.delete("src/main/java/a/One.java");
        assertThat(build.take(changed("src/main/java/a/One.java")))
                .singleElement()
                .asString()
                .contains("cannot find symbol");
        assertThat(project.has("target/classes/a/One.class")).isTrue();

        project.write("src/main/java/a/Two.java", "package a; class Two {}");
        assertThat(build.take(changed("src/main/java/a/Two.java"))).isEmpty();
        assertThat(project.has("target/classes/a/One.class")).isFalse();
    }
}
