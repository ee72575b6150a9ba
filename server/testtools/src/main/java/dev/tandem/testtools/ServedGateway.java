package dev.tandem.testtools;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The gateway as it is handed out, serving the default model in a process of its own: two slots, at
 * a free port.
 */
public final class ServedGateway implements AutoCloseable {
    private static final Pattern ADDRESS =
            Pattern.compile("Tandem listens on (127\\.0\\.0\\.1:[0-9]+)");
    private static final List<String> STORE =
            List.of("TANDEM_HOME", "TANDEM_MODEL", "TANDEM_LLAMA_HOME");

    private final Running program;
    private final String address;

    private ServedGateway(Running program, String address) {
        this.program = program;
        this.address = address;
    }

    /** Asks nobody for a key. Where the model cannot be had, the test is skipped. */
    public static ServedGateway start() {
        Running.Ended pull = program("pull").run();
        if (pull.exit() != 0) {
            Programs.missing(pull.text());
        }
        return start(Map.of());
    }

    /**
     * The model is there.
     *
     * @param settings further variables: {@code TANDEM_KEYS_FILE}, {@code TANDEM_TLS_CERT} …
     */
    public static ServedGateway start(Map<String, String> settings) {
        Running program = program("serve").with(settings).start().await("Ready after");
        Matcher told = ADDRESS.matcher(program.text());
        if (!told.find()) {
            throw new IllegalStateException(program.text());
        }
        return new ServedGateway(program, told.group(1));
    }

    /** Host and port. */
    public String address() {
        return address;
    }

    /** What OpenAI's SDKs take as base URL. */
    public String baseUrl() {
        return "http://" + address + "/v1";
    }

    @Override
    public void close() {
        program.stop();
    }

    /** With the variables of the store, and no others of its own. */
    private static Command program(String command) {
        List<String> words = new ArrayList<>(List.of("env"));
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith("TANDEM_") && !STORE.contains(name))
                .forEach(name -> words.addAll(List.of("-u", name)));
        words.addAll(List.of(Distribution.folder().resolve("bin/tandem").toString(), command));
        return Command.of(words)
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("TANDEM_PORT", "0")
                .with("TANDEM_SLOTS", "2");
    }
}
