package dev.tandem.runtime.policy;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which pages of other origins may call the server and read its answers.
 *
 * @param origins exactly these: {@code https://app.example}, {@code http://localhost:3000}
 * @param headers request headers that they may send besides those that the protocols, credentials
 *     and traces need; lower case
 * @param credentials whether browsers may add what they know themselves: passwords that the user
 *     typed into the browser, certificates. Keys and tokens that the page sends need it not
 * @param maxAge how long browsers remember what they are allowed
 */
public record CorsSettings(
        Set<String> origins, List<String> headers, boolean credentials, Duration maxAge) {
    /** No page of another origin may. */
    public static final CorsSettings NONE = of(List.of());

    /**
     * @throws IllegalArgumentException where an origin is none
     */
    public CorsSettings {
        Set<String> plain = new TreeSet<>();
        origins.forEach(origin -> plain.add(origin(origin)));
        origins = Set.copyOf(plain);
        headers = headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /** For these origins, remembered for ten minutes. */
    public static CorsSettings of(Collection<String> origins) {
        return new CorsSettings(Set.copyOf(origins), List.of(), false, Duration.ofMinutes(10));
    }

    /** As browsers write it: lower case, without the scheme's own port. */
    private static String origin(String text) {
        try {
            URI uri = URI.create(text.strip().toLowerCase(Locale.ROOT));
            String scheme = uri.getScheme();
            boolean web = "http".equals(scheme) || "https".equals(scheme);
            if (web
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                int own = scheme.equals("http") ? 80 : 443;
                boolean plain = uri.getPort() < 0 || uri.getPort() == own;
                return scheme + "://" + uri.getHost() + (plain ? "" : ":" + uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(wrong(text), e);
        }
        throw new IllegalArgumentException(wrong(text));
    }

    private static String wrong(String text) {
        return "'"
                + text
                + "' is no origin; write https://host or http://host:port, without a path. There is"
                + " no wildcard.";
    }

    /** May a page of this origin call? */
    boolean allows(String origin) {
        return origins.contains(origin);
    }
}
