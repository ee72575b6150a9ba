package dev.tandem.dev;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What Maven's plugins make of .proto files, made anew by Maven itself, so that it is what a build
 * makes: generated classes, descriptor set, copies of the files.
 */
final class ProtoBuild {
    /** Not quiet: what protoc says are warnings to Maven. */
    private static final List<String> PHASE = List.of("-B", "-o", "process-resources");

    private static final Pattern LEVEL = Pattern.compile("^\\[(ERROR|WARNING|INFO)] ?");
    private static final Pattern PROTOC = Pattern.compile("^\\[protoc - [^]]*] ");

    private final DevOptions options;

    ProtoBuild(DevOptions options) {
        this.options = options;
    }

    /**
     * Generates.
     *
     * @return what is wrong, in Maven's words; empty where all is well
     */
    List<String> generate() throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(options.maven())
                        .directory(options.folder().toFile())
                        .redirectErrorStream(true);
        builder.command().addAll(PHASE);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .merge(
                        "MAVEN_OPTS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                        (a, b) -> a + " " + b);
        Process maven = builder.start();
        maven.getOutputStream().close();
        String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return maven.waitFor() == 0 ? List.of() : words(said);
    }

    /** What protoc says of the files; else what Maven calls errors; else all of it. */
    private List<String> words(String said) {
        List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
        List<String> ofProtoc = lines.stream().filter(line -> line.contains(".proto:")).toList();
        List<String> errors = lines.stream().filter(line -> line.startsWith("[ERROR]")).toList();
        List<String> wanted = !ofProtoc.isEmpty() ? ofProtoc : !errors.isEmpty() ? errors : lines;
        return wanted.stream().map(this::sentence).filter(line -> !line.isBlank()).toList();
    }

    /** With the file as it stands in the project. */
    private String sentence(String line) {
        String words = LEVEL.matcher(line).replaceFirst("");
        String text = PROTOC.matcher(words).replaceFirst("");
        return text.replace(options.folder() + File.separator, "");
    }
}
