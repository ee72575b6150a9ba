package dev.tandem.gateway.child;

import dev.tandem.gateway.config.EngineSection;
import dev.tandem.remote.child.ChildSettings;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How this program starts itself again for one model: the same Java, options and class path. */
public final class ChildCommand {
    /** Where a child begins. */
    static final String MAIN = "dev.tandem.gateway.ChildMain";

    /** Options of this process that two cannot share, or that are for its own start alone. */
    private static final List<String> NOT_FOR_A_CHILD =
            List.of(
                    "-agentlib:",
                    "-agentpath:",
                    "-javaagent:",
                    "-Xrun",
                    "-Xdebug",
                    "-XX:AOTCacheOutput=",
                    "-XX:AOTConfiguration=",
                    "-XX:AOTMode=",
                    "-XX:StartFlightRecording",
                    "-Dcom.sun.management.");

    private static final String NONE = "0s";

    /** What stands in the way of a parent that has limits of its own, or of its log. */
    private static final Map<String, String> FOR_EVERY_CHILD =
            Map.ofEntries(
                    Map.entry("TANDEM_EMBEDDINGS", "off"),
                    Map.entry("TANDEM_FIRST_MESSAGE_LIMIT", NONE),
                    Map.entry("TANDEM_MESSAGE_GAP_LIMIT", NONE),
                    Map.entry("TANDEM_CALL_LIMIT", NONE),
                    Map.entry("TANDEM_SEND_STALL", "86400s"),
                    Map.entry("TANDEM_MAX_AGE", "31536000s"),
                    Map.entry("TANDEM_MAX_REQUEST", "1GiB"),
                    Map.entry("TANDEM_MAX_STREAMS", "1000000"),
                    Map.entry("TANDEM_MAX_RUNNING", "1000000"),
                    Map.entry("TANDEM_MAX_RESETS", "1000000000"),
                    Map.entry("TANDEM_DRAIN", NONE),
                    Map.entry("TANDEM_LOG_LEVEL", "warning"),
                    Map.entry("TANDEM_LOG_FORMAT", "text"));

    private ChildCommand() {}

    /**
     * A child that runs a model with llama.cpp. What is limited for callers is limited here, and
     * not once more there.
     *
     * @param name the model's, for the log
     * @param llamaHome the unpacked package with llama.cpp's library
     * @param model a GGUF file
     * @param longestWait who is expected to wait longer for a slot is refused; zero is no limit
     */
    public static ChildSettings of(
            String name, Path llamaHome, Path model, EngineSection engine, Duration longestWait) {
        Map<String, String> settings = new HashMap<>();
        settings.put("TANDEM_MODEL", model.toAbsolutePath().toString());
        settings.put("TANDEM_LLAMA_HOME", llamaHome.toAbsolutePath().toString());
        settings.put("TANDEM_CONTEXT", Integer.toString(engine.context()));
        settings.put("TANDEM_SLOTS", Integer.toString(engine.slots()));
        settings.put("TANDEM_THREADS", Integer.toString(engine.threads()));
        settings.put("TANDEM_QUEUE", Integer.toString(engine.queue()));
        settings.put("TANDEM_MEMORY", Long.toString(engine.memoryBytes()));
        if (engine.gpu().layers() >= 0) {
            settings.put("TANDEM_GPU_LAYERS", Integer.toString(engine.gpu().layers()));
        }
        settings.put("TANDEM_MAIN_GPU", Integer.toString(engine.gpu().main()));
        settings.put("TANDEM_MAX_WAIT", longestWait.toSeconds() + "s");
        settings.putAll(FOR_EVERY_CHILD);
        return ChildSettings.of(name, command()).kind("llama.cpp").environment(settings);
    }

    /** The command line: {@code java … ChildMain serve}. No secret is in it. */
    static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(
                ProcessHandle.current()
                        .info()
                        .command()
                        .orElseGet(() ->
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString()));
        command.addAll(options(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()));
        command.add("-cp");
        command.add(absolute(System.getProperty("java.class.path")));
        command.add(MAIN);
        command.add("serve");
        return command;
    }

    static List<String> options(Stream<String> own) {
        return own.filter(option -> NOT_FOR_A_CHILD.stream().noneMatch(option::startsWith))
                .toList();
    }

    /** A child runs in another folder. */
    static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
