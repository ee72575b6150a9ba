package dev.tandem.upstream.anthropic;

import dev.tandem.engines.Refusal;
import dev.tandem.upstream.ask.JsonObject;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API's prompt cache is told: it keeps what it is told for 5 minutes or an hour. */
final class CacheHints {
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smh])");
    private static final long SHORT = 5 * 60;
    private static final long LONG = 60 * 60;

    private CacheHints() {}

    /**
     * Keeps for the shorter of the two times that is long enough.
     *
     * @param ttl as in {@code 30m}; empty for no wish
     * @param path the field's, for the refusal
     */
    static JsonObject of(String ttl, String path) {
        JsonObject ephemeral = JsonObject.of("type", "ephemeral");
        return ttl.isEmpty() || seconds(ttl, path) <= SHORT
                ? ephemeral
                : ephemeral.put("ttl", "1h");
    }

    private static long seconds(String ttl, String path) {
        Matcher time = TIME.matcher(ttl.toLowerCase(Locale.ROOT));
        if (time.matches()) {
            long seconds =
                    Long.parseLong(time.group(1))
                            * switch (time.group(2)) {
                                case "h" -> LONG;
                                case "m" -> 60;
                                default -> 1;
                            };
            if (seconds <= LONG) {
                return seconds;
            }
        }
        throw Refusal.unsupportedValue(
                path, "This model's server keeps prompts for `5m` or `1h`; ask for one of them.");
    }
}
