package dev.tandem.clients;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client for TypeScript, with its tests and its runner, in a copy below {@code target}. */
final class TypeScript {
    private static final Path SOURCE = Path.of("..", "typescript");
    private static final List<String> FOLDERS = List.of("src", "test", "conformance");

    private static @Nullable Path built; // by the first who wants it; guarded by the class

    private TypeScript() {}

    /**
     * The folder of the package, compiled: what it exports in {@code dist}, its tests and {@code
     * conformance/runner.js} in {@code build}.
     */
    static synchronized Path built() throws IOException {
        if (built == null) {
            Path folder = copied();
            compile(folder, "tsconfig.json");
            compile(folder, "tsconfig.test.json");
            built = folder;
        }
        return built;
    }

    /** With the packages that it needs, not compiled. */
    static Path copied() throws IOException {
        Path folder = Installs.npm(SOURCE);
        for (String each : FOLDERS) {
            copy(SOURCE.resolve(each), folder.resolve(each));
        }
        return folder;
    }

    private static void compile(Path folder, String project) {
        Command.of("node", "node_modules/typescript/bin/tsc", "-p", project).in(folder).output();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Path copy = to.resolve(from.relativize(file));
                        Files.createDirectories(copy.getParent());
                        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
