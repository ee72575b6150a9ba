package dev.tandem.testtools;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Programs and packages of other languages, in pinned versions, installed once below the module's
 * {@code target}. Builds beside each other wait for each other's installs.
 */
public final class Installs {
    private static final Path ROOM = Path.of("target", "tools").toAbsolutePath();
    private static final String MARK = "installed";

    private Installs() {}

    private interface Install {
        void run() throws IOException;
    }

    /**
     * A program, built with Go.
     *
     * @param module its package and version, as {@code go install} takes it
     */
    public static Path go(String module) throws IOException {
        String name = module.substring(module.lastIndexOf('/') + 1, module.indexOf('@'));
        String version = module.substring(module.indexOf('@') + 1);
        Path folder = ROOM.resolve("go").resolve(name + "-" + version);
        once(
                folder,
                module,
                () ->
                        Command.of("go", "install", module)
                                .with("GOBIN", folder.toString())
                                .output());
        return folder.resolve(name);
    }

    /** A copy of the folder below {@code target}, with the packages of its package-lock.json. */
    public static Path npm(Path folder) throws IOException {
        Path copy = copy(folder);
        once(
                copy.resolve("node_modules"),
                Files.readString(copy.resolve("package-lock.json")),
                () ->
                        Command.of(
                                        "npm",
                                        "ci",
                                        "--no-audit",
                                        "--no-fund",
                                        "--ignore-scripts",
                                        "--silent")
                                .in(copy)
                                .output());
        return copy;
    }

    /**
     * A Python with packages; programs that they bring stand beside it.
     *
     * @param requirements the file that names them
     */
    public static Path pip(Path requirements) throws IOException {
        Path folder = ROOM.resolve(requirements.getFileName().toString().replace(".txt", ""));
        Path python = folder.resolve("bin").resolve("python");
        once(
                folder,
                Files.readString(requirements),
                () -> {
                    Command.of("python3", "-m", "venv", folder.toString()).output();
                    Command.of(
                                    List.of(
                                            python.toString(),
                                            "-m",
                                            "pip",
                                            "install",
                                            "-q",
                                            "--disable-pip-version-check",
                                            "-r",
                                            requirements.toString()))
                            .output();
                });
        return python;
    }

    /**
     * A copy of the folder's files below {@code target}, for programs that write where they run.
     */
    public static Path copy(Path folder) throws IOException {
        Path copy = Files.createDirectories(ROOM.resolve(folder.getFileName()));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file,
                        copy.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }

    /** Installs unless the folder says that this very thing is installed. */
    private static synchronized void once(Path folder, String wanted, Install install)
            throws IOException {
        Files.createDirectories(folder.getParent());
        Path lock = folder.resolveSibling(folder.getFileName() + ".lock");
        try (FileChannel channel =
                        FileChannel.open(
                                lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            Path mark = folder.resolve(MARK);
            if (!Files.exists(mark) || !Files.readString(mark).equals(wanted)) {
                install.run();
                Files.writeString(mark, wanted);
            }
        }
    }
}
