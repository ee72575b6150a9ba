package dev.tandem.llamacpp.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Python with the Jinja2 that the interpreter is measured against, in an environment of its own.
 */
final class Python {
    private static final String JINJA2 = "jinja2==3.1.6";
    private static final Path HOME = Path.of("target", "python");
    private static final Path SCRIPT = Path.of("src", "test", "python", "render_templates.py");
    private static final Path RESOURCES = Path.of("src", "test", "resources", "chat-templates");

    private Python() {}

    /** Sets the environment up, and gives the reason where that cannot be done. */
    static Optional<String> missing() throws IOException, InterruptedException {
        Path python = HOME.resolve("bin/python");
        if (Files.isExecutable(python) && run(python.toString(), "-c", "import jinja2").isEmpty()) {
            return Optional.empty();
        }
        Optional<String> venv = run("python3", "-m", "venv", HOME.toString());
        return venv.isPresent()
                ? venv
                : run(python.toString(), "-m", "pip", "install", "--quiet", JINJA2);
    }

    /** What Python makes of all templates in these folders. */
    static Truth render(Path folder, Path result) throws IOException, InterruptedException {
        Optional<String> failure =
                run(
                        HOME.resolve("bin/python").toString(),
                        SCRIPT.toString(),
                        RESOURCES.resolve("conversations.json").toString(),
                        result.toString(),
                        folder.toString());
        if (failure.isPresent()) {
            throw new IllegalStateException(failure.get());
        }
        return Truth.parse(Files.readString(result));
    }

    static Path ownTemplates() {
        return RESOURCES;
    }

    /** Runs a command; gives what it says where it fails. */
    private static Optional<String> run(String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(Path.of("target"), "python", ".log");
        List<String> said = new ArrayList<>(List.of(String.join(" ", command)));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            if (process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0) {
                return Optional.empty();
            }
            process.destroyForcibly();
            said.addAll(Files.readAllLines(output));
        } catch (IOException absent) {
            said.add(String.valueOf(absent.getMessage()));
        } finally {
            Files.delete(output);
        }
        return Optional.of(String.join("\n", said));
    }
}
