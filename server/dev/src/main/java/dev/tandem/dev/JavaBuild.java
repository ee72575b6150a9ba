package dev.tandem.dev;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles a project's Java in this process, whose compiler stays warm. Used by one thread; open
 * libraries are kept until it is closed.
 */
final class JavaBuild implements AutoCloseable {
    private final DevOptions options;
    private final JavaCompiler compiler;
    private final StandardJavaFileManager files;

    /**
     * @throws IllegalStateException where this Java has no compiler
     */
    JavaBuild(DevOptions options) {
        this.options = options;
        JavaCompiler found = ToolProvider.getSystemJavaCompiler();
        if (found == null) {
            throw new IllegalStateException(
                    "this Java has no compiler; start with a JDK instead of a JRE");
        }
        compiler = found;
        files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
    }

    /** Compiles what is there for nobody, so that the compiler is fast at the first change. */
    void warm() throws IOException {
        compile(sources(options.sources()), options.folder().resolve("target").resolve("dev"));
    }

    /**
     * Compiles all that was written by hand, and what was generated where that changed too. Where
     * anything is wrong no class is touched.
     *
     * @param generated are the generated sources compiled as well?
     * @return what is wrong, as the compiler says it, with file and line; empty where all is well
     */
    List<String> compile(boolean generated) throws IOException {
        List<Path> units = new ArrayList<>(sources(options.sources()));
        if (generated) {
            units.addAll(generatedSources());
        }
        return compile(units, options.classes());
    }

    private List<String> compile(List<Path> units, Path target) throws IOException {
        if (units.isEmpty()) {
            return List.of();
        }
        Files.createDirectories(target);
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        boolean good =
                compiler.getTask(
                                null,
                                files,
                                found,
                                flags(target),
                                null,
                                files.getJavaFileObjectsFromPaths(units))
                        .call();
        return good ? List.of() : problems(found);
    }

    private List<String> flags(Path target) {
        List<String> flags =
                new ArrayList<>(
                        List.of(
                                "-d",
                                target.toString(),
                                "-cp",
                                String.join(
                                        File.pathSeparator,
                                        options.classPath().stream().map(Path::toString).toList()),
                                "-g",
                                "-parameters",
                                "-nowarn",
                                "-implicit:none",
                                // no class is written before all are found to be right
                                "-XDcompilePolicy=simple"));
        if (!options.release().equals(String.valueOf(Runtime.version().feature()))) {
            flags.addAll(List.of("--release", options.release()));
        }
        return flags;
    }

    private List<String> problems(DiagnosticCollector<JavaFileObject> found) {
        return found.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(this::sentence)
                .toList();
    }

    private String sentence(Diagnostic<? extends JavaFileObject> problem) {
        String message = problem.getMessage(Locale.ROOT);
        JavaFileObject source = problem.getSource();
        if (source == null) {
            return message;
        }
        Path file = options.folder().relativize(Path.of(source.toUri()));
        return file + ":" + problem.getLineNumber() + ": " + message;
    }

    /** The Java that Maven's plugins have generated. */
    List<Path> generatedSources() throws IOException {
        return sources(options.generated());
    }

    /**
     * Removes the classes of a source that is there no more.
     *
     * @param root the folder of its package's first part
     * @return what was removed, for who wants it back
     */
    Map<Path, byte[]> forget(Path source, Path root) throws IOException {
        Path within = root.relativize(source);
        Path folder = options.classes().resolve(within).getParent();
        String name = Objects.toString(within.getFileName()).replaceAll("\\.java$", "");
        Map<Path, byte[]> removed = new HashMap<>();
        if (folder == null || !Files.isDirectory(folder)) {
            return removed;
        }
        try (Stream<Path> classes = Files.list(folder)) {
            for (Path each : classes.toList()) {
                String file = Objects.toString(each.getFileName());
                if (file.equals(name + ".class")
                        || (file.startsWith(name + "$") && file.endsWith(".class"))) {
                    removed.put(each, Files.readAllBytes(each));
                    Files.delete(each);
                }
            }
        }
        return removed;
    }

    private static List<Path> sources(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    @Override
    public void close() {
        try {
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
