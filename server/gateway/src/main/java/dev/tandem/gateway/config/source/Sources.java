package dev.tandem.gateway.config.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The places that were written to, later ones first: flags, the environment, {@code .env}, the
 * file.
 */
public final class Sources {
    /** The usual name of the file. */
    public static final String FILE = "tandem.yaml";

    /** The variable that names another. */
    public static final String FILE_VARIABLE = "TANDEM_CONFIG";

    /** The flag that does. */
    public static final String FILE_FLAG = "--config";

    private static final String DOT_ENV = ".env";

    private final Reading reading;
    private final Map<String, DotEnv.Line> dotEnv;
    private final @Nullable Path file;
    private final Optional<Node> tree;

    /**
     * Reads the files.
     *
     * @param home where the file is looked for in the end
     * @param pinned the file that an earlier reading found, which must be there still; or null
     */
    public Sources(Reading reading, Home home, @Nullable Path pinned) {
        this.reading = reading;
        dotEnv = dotEnv(reading);
        file = pinned == null ? file(home) : pinned;
        tree = file == null ? Optional.of(nowhere()) : read(file);
    }

    /** Where the program keeps what it fetches, as far as it is known without the file. */
    @FunctionalInterface
    public interface Home {
        /**
         * The folder.
         *
         * @param told what a variable or flag says of it, if one does
         */
        Path folder(Optional<String> told);
    }

    private static Map<String, DotEnv.Line> dotEnv(Reading reading) {
        return reading.files()
                .text(reading.inputs().folder().resolve(DOT_ENV), DOT_ENV, reading.problems())
                .map(text -> DotEnv.read(text, DOT_ENV, reading.problems()))
                .orElse(Map.of());
    }

    private @Nullable Path file(Home home) {
        Path folder = reading.inputs().folder();
        Path named = reading.inputs().file();
        if (named != null) {
            return folder.resolve(named);
        }
        Optional<String> told = variable(FILE_VARIABLE).map(Node.Text::value);
        if (told.isPresent()) {
            return folder.resolve(told.get().strip());
        }
        Path here = folder.resolve(FILE);
        if (Files.exists(here)) {
            return here;
        }
        Path there = home.folder(told("TANDEM_HOME").map(Node.Text::value)).resolve(FILE);
        if (Files.exists(there)) {
            return there;
        }
        reading.files().missing(here);
        reading.files().missing(there);
        return null;
    }

    private Optional<Node> read(Path found) {
        String shown = reading.shown(found);
        Path parent = found.toAbsolutePath().getParent();
        int before = reading.problems().size();
        Optional<String> text = reading.files().text(found, shown, reading.problems());
        if (text.isEmpty()) {
            if (reading.problems().size() == before) {
                reading.problems().add(new Problem(shown + ": there is no such file."));
            }
            return Optional.empty();
        }
        return YamlFile.read(
                text.get(),
                YamlFile.in(shown, parent == null ? reading.inputs().folder() : parent),
                new References(this::value),
                reading.problems());
    }

    private Node nowhere() {
        return new Node.Nothing(new Origin.Default(reading.inputs().folder()));
    }

    /** The file that was read, where there is one. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** What stands in the file; empty where it cannot be read, which is a problem already. */
    public Optional<Node> tree() {
        return tree;
    }

    /** A flag, or else a variable of this name; set to something. */
    public Optional<Node.Text> told(String variable) {
        return flag(variable).or(() -> variable(variable));
    }

    /** What the flag of this variable says. */
    public Optional<Node.Text> flag(String variable) {
        String flag = flagOf(variable);
        return Optional.ofNullable(reading.inputs().flags().get(flag))
                .map(value -> text(value, new Origin.Flag(flag, reading.inputs().folder())));
    }

    /** What the environment says. */
    public Optional<Node.Text> environment(String variable) {
        return Optional.ofNullable(reading.inputs().environment().get(variable))
                .map(value -> text(value, new Origin.Variable(variable, reading.inputs().folder())))
                .filter(text -> !text.blank());
    }

    /** What {@code .env} says. */
    public Optional<Node.Text> dotEnv(String variable) {
        return Optional.ofNullable(dotEnv.get(variable))
                .map(line ->
                        text(
                                line.value(),
                                new Origin.DotEnvLine(
                                        DOT_ENV, line.line(), variable, reading.inputs().folder())))
                .filter(text -> !text.blank());
    }

    private Optional<Node.Text> variable(String name) {
        return environment(name).or(() -> dotEnv(name));
    }

    private @Nullable String value(String name) {
        return variable(name).map(Node.Text::value).orElse(null);
    }

    private static Node.Text text(String value, Origin origin) {
        return new Node.Text(value, value, origin);
    }

    /** The variables that begin so, of the environment and of {@code .env}, each with its place. */
    public Map<String, Origin> beginningWith(String prefix) {
        Map<String, Origin> names = new TreeMap<>();
        Path folder = reading.inputs().folder();
        dotEnv.forEach((name, line) ->
                names.put(name, new Origin.DotEnvLine(DOT_ENV, line.line(), name, folder)));
        reading.inputs()
                .environment()
                .keySet()
                .forEach(name -> names.put(name, new Origin.Variable(name, folder)));
        names.keySet().removeIf(name -> !name.startsWith(prefix));
        return names;
    }

    /** {@code --max-streams} of {@code TANDEM_MAX_STREAMS}. */
    public static String flagOf(String variable) {
        return "--"
                + variable.substring("TANDEM_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
