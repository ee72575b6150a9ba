package dev.tandem.gateway.admin;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The hosts that models may be fetched from.
 *
 * @param patterns host names in lower case without port; {@code *.example.com} is every host below
 *     example.com, and not that itself. None unless told
 */
public record AllowedHosts(List<String> patterns) {
    /** Nothing may be fetched. */
    public static final AllowedHosts NONE = new AllowedHosts(List.of());

    public AllowedHosts {
        patterns =
                patterns.stream().map(pattern -> pattern.strip().toLowerCase(Locale.ROOT)).toList();
        for (String pattern : patterns) {
            if (!pattern.matches("(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)*|\\[[0-9a-f:.]+]")) {
                throw new IllegalArgumentException(
                        "a host must be like huggingface.co or *.hf.co, without port: " + pattern);
            }
        }
    }

    /** These. */
    public static AllowedHosts of(Collection<String> patterns) {
        return new AllowedHosts(List.copyOf(patterns));
    }

    /** May models be fetched from this host, whose name is in lower case? */
    public boolean allow(String host) {
        return patterns.stream()
                .anyMatch(pattern ->
                        pattern.startsWith("*.")
                                ? host.endsWith(pattern.substring(1))
                                        && host.length() > pattern.length() - 1
                                : host.equals(pattern));
    }

    /** For people. */
    @Override
    public String toString() {
        return patterns.isEmpty() ? "no host" : String.join(", ", patterns);
    }
}
