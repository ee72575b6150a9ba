package dev.tandem.upstream.ollama;

import dev.tandem.engines.Refusal;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of models that may be pulled: {@code host/namespace/model:tag}, the host may be left out.
 */
final class PullNames {
    /** Where names without a host come from. */
    static final String USUAL_HOST = "registry.ollama.ai";

    private static final String PART = "[A-Za-z0-9_][A-Za-z0-9._-]{0,79}";
    private static final String HOST = "[A-Za-z0-9][A-Za-z0-9.-]{0,252}(?::\\d{1,5})?";

    /** Three parts: the first is a host. */
    private static final Pattern NAME =
            Pattern.compile(
                    "(?:(?<host>%1$s)/(?=[^/]+/[^/]+$))?(?:%2$s/)?%2$s(?::%2$s)?"
                            .formatted(HOST, PART));

    private PullNames() {}

    /** Refuses a name that is none, or from a host that is not allowed. */
    static void check(String model, Set<String> hosts) {
        Matcher name = NAME.matcher(model);
        if (!name.matches()) {
            throw Refusal.unsupportedValue(
                    "model", "A model is named as in `llama3.2:1b` or `host/namespace/model:tag`.");
        }
        String host = name.group("host") == null ? USUAL_HOST : name.group("host");
        if (!hosts.contains(host.toLowerCase(Locale.ROOT))) {
            throw Refusal.unsupportedValue(
                    "model",
                    "Models may be pulled from "
                            + String.join(", ", new TreeSet<>(hosts))
                            + " only, as the server is configured.");
        }
    }
}
