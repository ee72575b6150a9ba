package dev.tandem.tutorial;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Does the steps of a Dockerfile by hand, but for the user and the image that it begins from. */
final class Dockerfile {
    private static final Pattern STEP =
            Pattern.compile(
                    "#.*|(?:FROM|USER|EXPOSE) .+"
                            + "|COPY (?<from>\\S+) (?<to>/\\S+)"
                            + "|ENV (?<variable>\\w+=\\S+)"
                            + "|ENTRYPOINT \\[(?<words>.+)]");

    private final Path folder;
    private final List<MatchResult> steps;

    private Dockerfile(Path folder, List<MatchResult> steps) {
        this.folder = folder;
        this.steps = steps;
    }

    /** Reads the folder's. */
    static Dockerfile of(Path folder) throws IOException {
        return new Dockerfile(
                folder,
                Files.readAllLines(folder.resolve("Dockerfile")).stream()
                        .filter(line -> !line.isBlank())
                        .map(Dockerfile::step)
                        .toList());
    }

    private static MatchResult step(String line) {
        Matcher step = STEP.matcher(line);
        if (!step.matches()) {
            throw new AssertionError("teach Dockerfile.java this step: " + line);
        }
        return step.toMatchResult();
    }

    /** Lays the image's files below a folder. */
    void build(Path root) throws IOException {
        for (MatchResult step : steps) {
            if (step.group("from") != null) {
                copy(step.group("from"), step.group("to"), root);
            }
        }
    }

    private void copy(String from, String to, Path root) throws IOException {
        Path source = folder.resolve(from);
        if (ignored(Path.of(from))) {
            throw new AssertionError(".dockerignore keeps back " + from);
        }
        Path target = root.resolve(to.substring(1));
        Path place = to.endsWith("/") ? target.resolve(source.getFileName()) : target;
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = place.resolve(source.relativize(file).toString()).normalize();
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    /** Does the last line of .dockerignore that is about the file, or a folder of its, say so? */
    private boolean ignored(Path file) throws IOException {
        boolean ignored = false;
        for (String line : Files.readAllLines(folder.resolve(".dockerignore"))) {
            String pattern = line.startsWith("!") ? line.substring(1) : line;
            var names = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            for (Path each = file; each != null; each = each.getParent()) {
                if (names.matches(each)) {
                    ignored = !line.startsWith("!");
                }
            }
        }
        return ignored;
    }

    /** What runs in the container, for a shell, with the image's files below this folder. */
    String command(Path root) {
        String words = told("words").replaceAll("\"/", "\"" + root + "/").replace(",", "");
        return "env " + told("variable") + " " + words;
    }

    private String told(String group) {
        return steps.stream()
                .filter(step -> step.group(group) != null)
                .map(step -> step.group(group))
                .collect(Collectors.joining(" "));
    }
}
