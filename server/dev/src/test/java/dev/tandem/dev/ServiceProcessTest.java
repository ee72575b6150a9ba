package dev.tandem.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {
    @TempDir Path folder;

    @Test
    void aServiceThatDoesNotStopIsKilled() throws IOException {
        Project project =
                new Project(folder)
                        .main(
                                "\"here\"",
                                """
                                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                                    try {
                                        new CountDownLatch(1).await();
                                    } catch (InterruptedException e) {
                                        throw new IllegalStateException(e);
                                    }
                                }));
                                """);
        try (JavaBuild build = new JavaBuild(project.options())) {
            assertThat(build.compile(false)).isEmpty();
        }
        ServiceProcess service = ServiceProcess.start(project.options());
        assertThat(service.awaitListening()).isTrue();
        assertThat(project.ask()).isEqualTo("here");

        service.stop();

        assertThat(service.alive()).isFalse();
        assertThat(ServiceProcess.listens(project.options().port())).isFalse();
    }
}
