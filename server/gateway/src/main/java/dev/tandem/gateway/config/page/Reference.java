package dev.tandem.gateway.config.page;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Setting;
import dev.tandem.gateway.config.source.Inputs;
import java.util.List;

/** The sections as Markdown, a table each. */
public final class Reference {
    private static final String HEAD =
            """
            | key | variable | type | default | allowed | what it does |
            | --- | --- | --- | --- | --- | --- |
            """;

    private final Inputs inputs;

    /**
     * @param inputs what defaults are taken from
     */
    public Reference(Inputs inputs) {
        this.inputs = inputs;
    }

    /** All of them. */
    public String of(List<Section<?>> sections) {
        StringBuilder page = new StringBuilder();
        for (Section<?> section : sections) {
            page.append("### ").append(section.title()).append("\n\n");
            page.append(section.about()).append("\n\n").append(HEAD);
            section.settings().forEach(setting -> page.append(row(setting)));
            page.append('\n');
        }
        return page.toString();
    }

    private <T> String row(Setting<T> setting) {
        Key<T> key = setting.key();
        String about = key.about();
        if (key.live()) {
            about += " Changes are taken while the program runs.";
        }
        if (key.type().secret()) {
            about += " `" + setting.variables().getLast() + "` names a file with it.";
        }
        if (key.example() != null) {
            about += " Example: `" + key.example() + "`.";
        }
        return "| `%s` | `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        setting.path(),
                        setting.variable(),
                        key.type().name(),
                        key.fallbackWords(inputs),
                        key.type().allowed(),
                        about);
    }
}
