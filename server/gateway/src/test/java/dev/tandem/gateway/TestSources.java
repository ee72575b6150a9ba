package dev.tandem.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sources of the tests of all modules, for documents that name tests. */
public final class TestSources {
    /** The repository, seen from this module. */
    public static final Path ROOT = Path.of("..", "..");

    private static final Path CONTRACT =
            ROOT.resolve(
                    "server/testing/src/main/java/dev/tandem/testing/contract/EngineContract.java");

    private final List<Path> files;

    private TestSources(List<Path> files) {
        this.files = files;
    }

    /** Those that are there now. */
    public static TestSources read() {
        try (Stream<Path> modules = Files.list(ROOT.resolve("server"))) {
            List<Path> folders =
                    modules.map(each -> each.resolve("src/test/java"))
                            .filter(Files::isDirectory)
                            .toList();
            return new TestSources(folders.stream().flatMap(TestSources::below).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of a class, by its simple name. */
    public List<Path> named(String simpleName) {
        return files.stream().filter(file -> file.endsWith(simpleName + ".java")).toList();
    }

    /** Does the class of this file have this test, by itself or from {@code EngineContract}? */
    public static boolean has(Path file, String method) {
        String text = text(file);
        return declares(text, method)
                || (text.contains(" extends EngineContract ") && declares(text(CONTRACT), method));
    }

    private static boolean declares(String text, String method) {
        return text.contains("void " + method + "(");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
