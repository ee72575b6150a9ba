package dev.tandem.testtools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The gateway as it is handed out, unpacked by the build. */
public final class Distribution {
    private static final Path BUILT = Path.of("server", "gateway", "target");

    private Distribution() {}

    /**
     * The folder with its {@code bin} and {@code lib}, absolute.
     *
     * @throws IllegalStateException the build has not come that far
     */
    public static Path folder() {
        try (Stream<Path> folders = Files.list(repository().resolve(BUILT))) {
            return folders.filter(each -> each.getFileName().toString().matches("tandem-[0-9].*"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("The build made no distribution"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tests run in their module's folder. */
    private static Path repository() {
        return Stream.iterate(Path.of("").toAbsolutePath(), each -> each != null, Path::getParent)
                .filter(each -> Files.isDirectory(each.resolve(BUILT)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no " + BUILT + " above"));
    }
}
