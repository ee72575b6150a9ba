package dev.tandem.gateway.config;

import dev.tandem.gateway.config.source.Problem;
import java.util.List;

/** Settings that cannot be used: every problem, a sentence each, that names the key to change. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1;

    SettingsException(List<Problem> problems) {
        super(String.join("\n", problems.stream().map(Problem::text).toList()));
    }

    /** A sentence for each problem; at least one. */
    public List<String> problems() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
