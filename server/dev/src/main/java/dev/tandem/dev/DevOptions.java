package dev.tandem.dev;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is run.
 *
 * @param main the service's main class
 * @param arguments of the service
 * @param folder the project's
 * @param maven the program {@code mvn}, for what Maven's plugins make of .proto files
 * @param release the version of Java that the classes are for
 * @param port on which the service listens on 127.0.0.1
 * @param classPath the project's classes and libraries, in order, without this runner
 */
record DevOptions(
        String main,
        List<String> arguments,
        Path folder,
        String maven,
        String release,
        int port,
        List<Path> classPath) {
    private static final Set<String> NAMES = Set.of("main", "folder", "maven", "release", "port");
    private static final String PORT = "8080";

    DevOptions {
        arguments = List.copyOf(arguments);
        classPath = List.copyOf(classPath);
    }

    /**
     * Reads {@code --name=value}; what follows {@code --} is the service's.
     *
     * @param classPath as {@code java -cp} has it
     * @param own where the runner's own classes are
     * @throws IllegalArgumentException says what is wrong, and what is known
     */
    static DevOptions of(
            List<String> words, Map<String, String> environment, String classPath, Path own) {
        int end = words.indexOf("--");
        List<String> arguments = end < 0 ? List.of() : words.subList(end + 1, words.size());
        Map<String, String> values = values(end < 0 ? words : words.subList(0, end));
        String port = environment.getOrDefault("PORT", PORT);
        Path folder = Path.of(values.getOrDefault("folder", "")).toAbsolutePath();
        return new DevOptions(
                needed(values, "main"),
                arguments,
                folder,
                values.getOrDefault("maven", "mvn"),
                values.getOrDefault("release", String.valueOf(Runtime.version().feature())),
                number(values.getOrDefault("port", port)),
                paths(classPath, own));
    }

    private static Map<String, String> values(List<String> words) {
        Map<String, String> values = new HashMap<>();
        for (String word : words) {
            int sign = word.indexOf('=');
            String name = word.startsWith("--") && sign > 0 ? word.substring(2, sign) : "";
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        word + " is no option; there are " + NAMES.stream().sorted().toList());
            }
            values.put(name, word.substring(sign + 1));
        }
        return values;
    }

    private static String needed(Map<String, String> values, String name) {
        String value = values.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("--" + name + "=… is missing");
        }
        return value;
    }

    private static int number(String port) {
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the port is no number: " + port, e);
        }
    }

    private static List<Path> paths(String classPath, Path own) {
        List<Path> paths = new ArrayList<>();
        Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(each -> !each.isEmpty())
                .map(Path::of)
                .filter(each -> !each.equals(own))
                .forEach(paths::add);
        return paths;
    }

    Path classes() {
        return folder.resolve("target").resolve("classes");
    }

    Path sources() {
        return folder.resolve("src").resolve("main").resolve("java");
    }

    Path protos() {
        return folder.resolve("src").resolve("main").resolve("proto");
    }

    Path resources() {
        return folder.resolve("src").resolve("main").resolve("resources");
    }

    /** What Maven's plugins generate. */
    Path generated() {
        return folder.resolve("target").resolve("generated-sources");
    }

    /** The folder of a generated source's plugin: there its package begins. */
    Path generatedRoot(Path source) {
        return generated().resolve(generated().relativize(source).getName(0));
    }
}
