package dev.tandem.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.tutorial.Step.ChangeFile;
import dev.tandem.tutorial.Step.Commands;
import dev.tandem.tutorial.Step.Look;
import dev.tandem.tutorial.Step.Prints;
import dev.tandem.tutorial.Step.Refused;
import dev.tandem.tutorial.Step.Section;
import dev.tandem.tutorial.Step.Serve;
import dev.tandem.tutorial.Step.Stop;
import dev.tandem.tutorial.Step.WithProgram;
import dev.tandem.tutorial.Step.WriteFile;
import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    void findsEveryStepInItsOrder() {
        String page =
                """
                # A page
                ## First
                <!-- file a/b.txt -->
                ```text
                one
                ```
                Words, and `http://127.0.0.1:8080/docs` to look at.
                <!-- change a/b.txt -->
                ```diff
                -one
                +two
                ```
                ```sh
                cat a/b.txt
                ```
                <!-- prints -->
                ```text
                two
                ```
                ## Second
                <!-- serve it, ready: listens on -->
                ```sh
                ./it
                ```
                <!-- with docker -->
                ```sh
                docker version
                ```
                <!-- refused -->
                ```sh
                false
                ```
                <!-- stop it -->
                """;

        assertThat(Page.steps(page))
                .containsExactly(
                        new Section("First"),
                        new WriteFile("a/b.txt", "one\n"),
                        new Look("http://127.0.0.1:8080/docs"),
                        new ChangeFile("a/b.txt", "-one\n+two\n"),
                        new Commands("cat a/b.txt\n"),
                        new Prints("two\n"),
                        new Section("Second"),
                        new Serve("it", "listens on", "./it\n"),
                        new WithProgram("docker", "docker version\n"),
                        new Refused("false\n"),
                        new Stop("it"));
    }

    @Test
    void aBlockOfWhichNothingIsSaidIsAnError() {
        assertThatThrownBy(() -> Page.steps("```java\nclass A {}\n```\n"))
                .hasMessageContaining("class A {}");
    }

    @Test
    void aDiffIsApplied() {
        String text = "a\nb\nc\nd\ne\n";

        assertThat(Diff.apply(" a\n-b\n+x\n+y\n c\n@@\n d\n+z\n", text))
                .isEqualTo("a\nx\ny\nc\nd\nz\ne\n");
    }

    @Test
    void aDiffThatFitsTwoPlacesOrNoneIsAnError() {
        assertThatThrownBy(() -> Diff.apply(" a\n+b\n", "a\nx\na\n"))
                .hasMessageContaining("places");
        assertThatThrownBy(() -> Diff.apply(" q\n+b\n", "a\nx\na\n"))
                .hasMessageContaining("places");
    }

    @Test
    void whatIsLeftOutOfAnOutputMayBeAnything() {
        assertThat("{\"id\":\"7\"}").matches(Output.pattern("{\"id\":\"…\"}\n"));
        assertThat("{\"ix\":\"7\"}").doesNotMatch(Output.pattern("{\"id\":\"…\"}\n"));
    }
}
