package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.runtime.policy.CorsSettings;
import java.util.List;

/**
 * Pages of which other origins may call.
 *
 * @param settings without origins where none may
 */
public record CorsSection(CorsSettings settings) {
    private static final Key<List<String>> ORIGINS =
            Key.of(
                            "origins",
                            Types.list(
                                    Types.text(
                                            "an origin: `https://app.example` or"
                                                    + " `http://localhost:3000`; no wildcard",
                                            "[!-~]+")),
                            "Pages of which other origins may call the server.")
                    .fallback(List.of())
                    .example("[https://app.example.com]")
                    .whileRunning();

    /** Its place in the file. */
    public static final Section<CorsSection> SECTION =
            Section.of(
                    "cors",
                    "Web pages of other origins. [More](security.md#web-pages).",
                    CorsSection::read,
                    ORIGINS);

    private static CorsSection read(Values in) {
        try {
            return new CorsSection(CorsSettings.of(in.get(ORIGINS)));
        } catch (IllegalArgumentException e) {
            in.problem(ORIGINS, String.valueOf(e.getMessage()));
            return new CorsSection(CorsSettings.NONE);
        }
    }
}
