package dev.tandem.gateway.config.key;

import dev.tandem.gateway.config.source.Sources;
import java.util.List;
import java.util.Locale;

/**
 * A key in its section: what it is called in the file, as a variable and as a flag.
 *
 * @param <T> what its value is
 * @param section the section's name; empty where the key stands at the top of the file
 */
public record Setting<T>(String section, Key<T> key) {

    /** In the file: {@code server.port}. */
    public String path() {
        return section.isEmpty() ? key.name() : section + "." + key.name();
    }

    /** As a variable: {@code TANDEM_PORT}. */
    public String variable() {
        return key.variable() == null
                ? "TANDEM_" + path().toUpperCase(Locale.ROOT).replace('.', '_')
                : key.variable();
    }

    /** As a flag: {@code --port}. */
    public String flag() {
        return Sources.flagOf(variable());
    }

    /** The variables that it reads: two where it is a secret, which may come from a file. */
    public List<String> variables() {
        return key.type().secret() ? List.of(variable(), fileVariable()) : List.of(variable());
    }

    /** The variable that takes the path of a file with the secret. */
    String fileVariable() {
        return variable() + "_FILE";
    }

    /** Both names, for a sentence. */
    String called() {
        return path() + " (" + variable() + ")";
    }
}
