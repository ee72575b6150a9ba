package dev.tandem.gateway.config.page;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.source.Inputs;
import java.util.ArrayList;
import java.util.List;

/**
 * The file with every key as a comment: without the {@code #}s that stand before names it says what
 * the defaults say.
 */
public final class Sample {
    private static final int WIDTH = 96;
    private static final String HEAD =
            """
            # yaml-language-server: $schema=tandem.schema.json
            # The settings of Tandem, each with its default. `tandem config schema > tandem.schema.json` lets editors know them;
            # `tandem config check` tells what is wrong. ${NAME} and ${NAME:-default} stand for a variable, $$ for a dollar sign.
            """;

    private final Inputs inputs;

    /**
     * @param inputs what defaults are taken from
     */
    public Sample(Inputs inputs) {
        this.inputs = inputs;
    }

    /** The text of the file. */
    public String of(List<Section<?>> sections) {
        StringBuilder text = new StringBuilder(HEAD);
        for (Section<?> section : sections) {
            text.append('\n');
            comment(text, "", section.about());
            if (section.name().isEmpty()) {
                section.keys().forEach(key -> key(text, "", key));
            } else {
                text.append('#').append(section.name()).append(":\n");
                section.keys().forEach(key -> key(text, "  ", key));
            }
        }
        return text.toString();
    }

    private <T> void key(StringBuilder text, String indent, Key<T> key) {
        String allowed = key.type().allowed();
        comment(
                text,
                indent,
                key.about()
                        + " "
                        + Character.toUpperCase(allowed.charAt(0))
                        + allowed.substring(1)
                        + "."
                        + (key.live() ? " Changes are taken while the program runs." : ""));
        String fixed = key.fixed(inputs).orElse("");
        if (fixed.isEmpty() || key.example() != null) {
            String words = fixed.isEmpty() ? key.fallbackWords(inputs) : fixed;
            comment(
                    text,
                    indent,
                    "Default: "
                            + words
                            + "."
                            + (key.example() == null
                                    ? ""
                                    : " Example: " + key.name() + ": " + key.example()));
        }
        text.append('#').append(indent).append(key.name()).append(':');
        text.append(fixed.isEmpty() ? "" : " " + fixed).append('\n');
    }

    /** In lines that are not too long, without Markdown's links. */
    private static void comment(StringBuilder text, String indent, String about) {
        String plain = about.replaceAll("\\[([^]]*)]\\(([^)]*\\.md)[^)]*\\)", "$1: docs/$2");
        StringBuilder line = new StringBuilder();
        List<String> lines = new ArrayList<>();
        for (String word : plain.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        lines.forEach(each -> text.append("# ").append(indent).append(each).append('\n'));
    }
}
