package dev.tandem.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client that is a program of its own: it ends with 0 where the server answered as it must. */
final class ClientProgram {
    private ClientProgram() {}

    static void run(List<String> command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile("interop", ".txt");
        try {
            Process client =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(printed.toFile())
                            .start();
            boolean ended = client.waitFor(120, TimeUnit.SECONDS);
            client.destroyForcibly();
            assertThat(ended && client.exitValue() == 0)
                    .as("%s%n%s", command, Files.readString(printed))
                    .isTrue();
        } finally {
            Files.delete(printed);
        }
    }
}
