package dev.tandem.structured.schema;

import dev.tandem.structured.pattern.PatternRefused;
import dev.tandem.structured.schema.Schema.StringValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules for strings. */
final class StringReader {
    private static final Set<String> CHECKED_FORMATS =
            Set.of(
                    "idn-email",
                    "idn-hostname",
                    "uri-reference",
                    "iri",
                    "iri-reference",
                    "uri-template",
                    "json-pointer",
                    "relative-json-pointer",
                    "regex");

    private StringReader() {}

    static Schema read(Node node) {
        int min = node.count("minLength");
        Integer most = node.limit("maxLength");
        if (most != null && most < min) {
            node.problem("maxLength", "'maxLength' is less than 'minLength'");
            return Schema.NOTHING;
        }
        if (min > Counts.LARGEST) {
            node.checkedOnly("minLength", uncounted());
            min = 0;
        }
        if (most != null && most > Counts.LARGEST) {
            node.checkedOnly("maxLength", uncounted());
            most = null;
        }
        String pattern = node.string("pattern");
        var strings =
                new StringValue(
                        min, most, pattern == null ? List.of() : List.of(pattern), formats(node));
        return possible(strings, node);
    }

    private static Schema possible(StringValue strings, Node node) {
        String keyword = strings.patterns().isEmpty() ? "format" : "pattern";
        try {
            if (node.reading().texts().of(strings).isEmpty()) {
                node.problem(keyword, "no string fits this together with the other rules");
            }
        } catch (PatternRefused e) {
            node.problem(keyword, "'" + keyword + "' cannot be enforced: " + e.getMessage());
            return StringValue.ANY;
        } catch (Undecided e) {
            node.problem(keyword, e.sentence());
            return StringValue.ANY;
        }
        return strings;
    }

    private static List<Format> formats(Node node) {
        String name = node.string("format");
        if (name == null) {
            return List.of();
        }
        Optional<Format> format = Format.named(name);
        if (format.isEmpty() && CHECKED_FORMATS.contains(name)) {
            node.checkedOnly("format", "'" + name + "' is not held to while it is written");
        }
        return format.stream().toList();
    }

    private static String uncounted() {
        return "characters are counted up to " + Counts.LARGEST + " while they are written";
    }
}
