package dev.tandem.clients;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.Installs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client for Python, installed as users have it, with what its tests need. Nothing is written
 * into its folder.
 */
final class Python {
    private static final Path SOURCE = Path.of("..", "python").toAbsolutePath().normalize();
    private static final Path CACHES = Path.of("target", "python-caches").toAbsolutePath();

    private static @Nullable Python installed; // by the first who wants it; guarded by the class

    private final Path interpreter;

    private Python(Path interpreter) {
        this.interpreter = interpreter;
    }

    /** An environment below {@code target} with the client as it stands now. */
    static synchronized Python installed() throws IOException {
        if (installed == null) {
            installed = install();
        }
        return installed;
    }

    private static Python install() throws IOException {
        Python python = new Python(Installs.pip(SOURCE.resolve("requirements-tests.txt")));
        python.command(
                        "-m",
                        "pip",
                        "install",
                        "-q",
                        "--disable-pip-version-check",
                        "--force-reinstall",
                        "--no-deps",
                        "--no-build-isolation",
                        SOURCE.toString())
                .output();
        return python;
    }

    /** The program that makes the calls of the conformance tests. */
    static Command runner() throws IOException {
        return installed().command("conformance/runner.py");
    }

    /** Runs Python in the client's folder. */
    Command command(String... words) {
        List<String> all = new ArrayList<>(List.of(interpreter.toString()));
        all.addAll(Arrays.asList(words));
        return Command.of(all)
                .in(SOURCE)
                .with("PYTHONDONTWRITEBYTECODE", "1")
                .with("MYPY_CACHE_DIR", CACHES.resolve("mypy").toString())
                .with("RUFF_CACHE_DIR", CACHES.resolve("ruff").toString());
    }
}
