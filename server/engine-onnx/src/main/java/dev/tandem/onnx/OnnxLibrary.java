package dev.tandem.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * ONNX Runtime's native library. Left to itself, ONNX Runtime unpacks it at every start into a new
 * folder of its own among the temporary files, which stays behind when the process is killed; here
 * it is unpacked once, into a folder that stays.
 */
public final class OnnxLibrary {
    /** The release that is bound; also in the name of the folder. */
    public static final String VERSION = "1.29.0";

    private static final String PATH_PROPERTY = "onnxruntime.native.path";
    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    /**
     * Bytes. Where a process on Linux has a command line of 4,000 or more, creating ONNX Runtime
     * 1.29.0's environment ends it with a segmentation fault. Some less, for safety.
     */
    private static final int LONGEST_COMMAND_LINE = 3_000;

    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private OnnxLibrary() {}

    /** Why ONNX Runtime cannot be used in this process, without end mark; empty where it can. */
    public static Optional<String> unusable() {
        return unusable(
                System.getProperty("os.name", ""), System.getProperty("os.arch", ""), COMMAND_LINE);
    }

    static Optional<String> unusable(String system, String processor, Path commandLine) {
        if (platform(system, processor).isEmpty()) {
            return Optional.of(
                    "ONNX Runtime has no library for %s on %s".formatted(system, processor));
        }
        int length = length(commandLine);
        return length <= LONGEST_COMMAND_LINE
                ? Optional.empty()
                : Optional.of(
                        "ONNX Runtime takes no command line of more than %d bytes, and this process has one of %d; put its options into a file, java @options"
                                .formatted(LONGEST_COMMAND_LINE, length));
    }

    /** In bytes; 0 where the system does not tell, which is where it does not matter. */
    private static int length(Path commandLine) {
        try {
            return Files.isReadable(commandLine) ? Files.readAllBytes(commandLine).length : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** This machine's system and processor in ONNX Runtime's words; empty where it has neither. */
    public static Optional<String> platform() {
        return platform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Optional<String> platform(String system, String processor) {
        String name = system.toLowerCase(Locale.ROOT);
        boolean arm = processor.equals("aarch64");
        boolean intel = processor.equals("amd64") || processor.equals("x86_64");
        if (name.startsWith("linux") && (arm || intel)) {
            return Optional.of(arm ? "linux-aarch64" : "linux-x64");
        }
        if (name.startsWith("mac") && arm) {
            return Optional.of("osx-aarch64");
        }
        return name.startsWith("windows") && intel ? Optional.of("win-x64") : Optional.empty();
    }

    /**
     * Unpacks the library below a folder, unless it is there, and has ONNX Runtime load it from
     * there. Must come before anything of ONNX Runtime is used; a later call with another folder
     * changes nothing. Several processes may share the folder.
     *
     * @throws LibraryMissing where there is none for this machine, or it cannot be written
     */
    public static void unpack(Path folder) {
        unusable()
                .ifPresent(reason -> {
                    throw new LibraryMissing(reason);
                });
        String platform = platform().orElseThrow();
        Path home = folder.resolve(VERSION + "-" + platform);
        try {
            Files.createDirectories(home);
            for (String library : LIBRARIES) {
                unpack(platform, System.mapLibraryName(library), home);
            }
        } catch (IOException e) {
            throw new LibraryMissing("ONNX Runtime's library cannot be unpacked to " + home, e);
        }
        if (System.getProperty(PATH_PROPERTY) == null) {
            System.setProperty(PATH_PROPERTY, home.toString());
        }
    }

    private static void unpack(String platform, String name, Path home) throws IOException {
        URL packed =
                OnnxLibrary.class.getResource("/ai/onnxruntime/native/" + platform + "/" + name);
        if (packed == null) {
            throw new LibraryMissing("ONNX Runtime's jar has no " + name + " for " + platform);
        }
        URLConnection source = packed.openConnection();
        source.setUseCaches(false);
        try (InputStream bytes = source.getInputStream()) {
            Path place = home.resolve(name);
            if (Files.exists(place) && Files.size(place) == source.getContentLengthLong()) {
                return;
            }
            Path part = Files.createTempFile(home, name, ".part");
            try {
                Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    /** ONNX Runtime cannot be used on this machine; says why. */
    public static final class LibraryMissing extends RuntimeException {
        private static final long serialVersionUID = 1;

        LibraryMissing(String message) {
            super(message);
        }

        LibraryMissing(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
