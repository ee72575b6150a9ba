package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Shape;
import dev.tandem.gateway.config.key.Type;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.gateway.quota.LimitSet;
import dev.tandem.gateway.quota.QuotaSettings;
import java.util.Map;

/**
 * How much callers may ask for.
 *
 * @param quotas the limits
 */
public record LimitsSection(QuotaSettings quotas) {
    private static final Key<Long> REQUESTS_PER_MINUTE =
            limit("requests_per_minute", "Calls in any 60 s.");
    private static final Key<Long> TOKENS_PER_MINUTE =
            limit("tokens_per_minute", "Tokens of prompts and answers in any 60 s.");
    private static final Key<Long> TOKENS_PER_DAY =
            limit("tokens_per_day", "The same in any 24 h.");
    private static final Key<Long> CONCURRENT =
            limit("concurrent", "Calls at once, waiting ones included.");

    private static final Type<LimitSet> SET =
            Shape.of(
                    in ->
                            new LimitSet(
                                    in.get(REQUESTS_PER_MINUTE),
                                    in.get(TOKENS_PER_MINUTE),
                                    in.get(TOKENS_PER_DAY),
                                    in.get(CONCURRENT)),
                    REQUESTS_PER_MINUTE,
                    TOKENS_PER_MINUTE,
                    TOKENS_PER_DAY,
                    CONCURRENT);

    private static final Key<LimitSet> CALLER =
            Key.of("caller", SET, "How much each caller may ask for that has no limits of its own.")
                    .example("{requests_per_minute: 60, tokens_per_minute: 20000, concurrent: 4}")
                    .whileRunning();

    private static final Key<Map<String, LimitSet>> CALLERS =
            Key.of(
                            "callers",
                            Types.map("names of limits", "[A-Za-z0-9._@-]{1,64}", SET),
                            "Limits for callers whose key or token names them: `tandem keys create"
                                    + " --limits NAME`.")
                    .fallback(Map.of())
                    .example("{gold: {requests_per_minute: 600, concurrent: 16}}")
                    .whileRunning();

    private static final Key<LimitSet> MODEL =
            Key.of(
                            "model",
                            SET,
                            "How much all callers together may ask of each model that has no limits of"
                                    + " its own.")
                    .example("{concurrent: 16}")
                    .whileRunning();

    private static final Key<Map<String, LimitSet>> MODELS =
            Key.of(
                            "models",
                            Types.map("names of models", "\\S{1,200}", SET),
                            "The same for single models.")
                    .fallback(Map.of())
                    .example("{all-MiniLM-L6-v2: {requests_per_minute: 1000}}")
                    .whileRunning();

    private static final Key<LimitSet> SERVER =
            Key.of("server", SET, "How much all callers together may ask of all models.")
                    .example("{tokens_per_minute: 200000}")
                    .whileRunning();

    private static final Key<Integer> COMPLETION_RESERVE =
            Key.of(
                            "completion_reserve",
                            Types.integer(1, 1 << 20),
                            "How many tokens limits count beforehand for an answer whose caller sets no"
                                    + " maximum.")
                    .variable("TANDEM_COMPLETION_RESERVE")
                    .fallback(QuotaSettings.USUAL_RESERVE)
                    .whileRunning();

    /** Its place in the file. */
    public static final Section<LimitsSection> SECTION =
            Section.of(
                    "limits",
                    "How much callers may ask for. [More](quotas.md).",
                    LimitsSection::read,
                    CALLER,
                    CALLERS,
                    MODEL,
                    MODELS,
                    SERVER,
                    COMPLETION_RESERVE);

    private static Key<Long> limit(String name, String about) {
        return Key.of(name, Types.count(0, 999_999_999_999_999L), about + " 0 is no limit.")
                .fallback(0L);
    }

    private static LimitsSection read(Values in) {
        return new LimitsSection(
                new QuotaSettings(
                        in.find(CALLER).orElse(LimitSet.NONE),
                        in.get(CALLERS),
                        in.find(MODEL).orElse(LimitSet.NONE),
                        in.get(MODELS),
                        in.find(SERVER).orElse(LimitSet.NONE),
                        in.get(COMPLETION_RESERVE)));
    }
}
