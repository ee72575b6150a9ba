package dev.tandem.transcoding.openapi;

import build.buf.validate.KnownRegex;
import build.buf.validate.StringRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The rules of strings. */
final class TextRules {
    /** Rule → JSON Schema's format of the same meaning. */
    private static final Map<String, String> FORMATS =
            Map.of(
                    "email", "email",
                    "hostname", "hostname",
                    "ipv4", "ipv4",
                    "ipv6", "ipv6",
                    "uri", "uri",
                    "uri_ref", "uri-reference",
                    "uuid", "uuid");

    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    private static final Map<String, String> PATTERNS =
            Map.of(
                    "tuuid",
                    "^[0-9a-fA-F]{32}$",
                    "ulid",
                    "^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$",
                    "protobuf_fqn",
                    "^" + NAME + "(\\." + NAME + ")*$",
                    "protobuf_dot_fqn",
                    "^\\." + NAME + "(\\." + NAME + ")*$");

    private static final Map<String, String> WORDS =
            Map.of(
                    "ip_with_prefixlen", "An IP address with the length of its prefix.",
                    "ipv4_with_prefixlen", "An IPv4 address with the length of its prefix.",
                    "ipv6_with_prefixlen", "An IPv6 address with the length of its prefix.",
                    "ip_prefix", "An IP prefix.",
                    "ipv4_prefix", "An IPv4 prefix.",
                    "ipv6_prefix", "An IPv6 prefix.",
                    "host_and_port", "A host and a port.",
                    "address", "A host name or an IP address.");

    /** What RE2 knows and ECMA-262 does not. */
    private static final Pattern OF_RE2_ONLY =
            Pattern.compile("\\(\\?[^:=!]|\\\\[AzCQEpPa]|\\[\\[:|\\\\x\\{");

    private final StringRules rules;
    private final RuleFields fields;
    private final List<String> patterns = new ArrayList<>();

    TextRules(StringRules rules) {
        this.rules = rules;
        fields = new RuleFields(rules);
    }

    /**
     * Adds what the rules say to a schema.
     *
     * @param words takes what a schema cannot say
     */
    void addTo(Node schema, List<String> words) {
        if (rules.hasConst()) {
            schema.put("const", rules.getConst());
        }
        if (rules.getInCount() > 0) {
            schema.putStrings("enum", rules.getInList());
        }
        lengths(schema, words);
        FORMATS.forEach((rule, format) -> {
            if (fields.isTrue(rule)) {
                schema.put("format", format);
            }
        });
        if (rules.getIp()) {
            schema.putNodes("anyOf", List.of(Node.of("format", "ipv4"), Node.of("format", "ipv6")));
        }
        WORDS.forEach((rule, word) -> {
            if (fields.isTrue(rule)) {
                words.add(word);
            }
        });
        patterns(words);
        if (patterns.size() == 1) {
            schema.put("pattern", patterns.getFirst());
        } else if (!patterns.isEmpty()) {
            schema.putNodes(
                    "allOf", patterns.stream().map(each -> Node.of("pattern", each)).toList());
        }
        exclusions(schema);
        if (rules.getExampleCount() > 0) {
            schema.putStrings("examples", rules.getExampleList());
        }
    }

    private void lengths(Node schema, List<String> words) {
        if (rules.hasLen()) {
            schema.put("minLength", rules.getLen()).put("maxLength", rules.getLen());
        }
        if (rules.hasMinLen()) {
            schema.put("minLength", rules.getMinLen());
        }
        // no text has more characters than bytes
        fields.count("max_len")
                .or(() -> fields.count("max_bytes"))
                .or(() -> fields.count("len_bytes"))
                .ifPresent(most -> schema.put("maxLength", most));
        fields.count("len_bytes").ifPresent(exact -> words.add("Exactly " + exact + " bytes."));
        fields.count("min_bytes").ifPresent(least -> words.add("At least " + least + " bytes."));
        fields.count("max_bytes").ifPresent(most -> words.add("At most " + most + " bytes."));
        if (rules.getMinBytes() > 0 && !schema.has("minLength")) {
            schema.put("minLength", 1);
        }
    }

    private void patterns(List<String> words) {
        if (rules.hasPattern()) {
            if (OF_RE2_ONLY.matcher(rules.getPattern()).find()) {
                words.add("Must match the RE2 expression `" + rules.getPattern() + "`.");
            } else {
                patterns.add(rules.getPattern());
            }
        }
        if (!rules.getPrefix().isEmpty()) {
            patterns.add("^" + quoted(rules.getPrefix()));
        }
        if (!rules.getSuffix().isEmpty()) {
            patterns.add(quoted(rules.getSuffix()) + "$");
        }
        if (!rules.getContains().isEmpty()) {
            patterns.add(quoted(rules.getContains()));
        }
        PATTERNS.forEach((rule, pattern) -> {
            if (fields.isTrue(rule)) {
                patterns.add(pattern);
            }
        });
        boolean strict = !rules.hasStrict() || rules.getStrict();
        if (rules.getWellKnownRegex() == KnownRegex.KNOWN_REGEX_HTTP_HEADER_NAME) {
            patterns.add(strict ? "^:?[0-9a-zA-Z!#$%&'*+.^_|~`-]+$" : "^[^\\u0000\\n\\r]+$");
        } else if (rules.getWellKnownRegex() == KnownRegex.KNOWN_REGEX_HTTP_HEADER_VALUE) {
            patterns.add(
                    strict ? "^[^\\u0000-\\u0008\\u000A-\\u001F\\u007F]*$" : "^[^\\u0000\\n\\r]*$");
        }
    }

    private void exclusions(Node schema) {
        List<Node> not = new ArrayList<>();
        if (rules.getNotInCount() > 0) {
            not.add(new Node().putStrings("enum", rules.getNotInList()));
        }
        if (!rules.getNotContains().isEmpty()) {
            not.add(Node.of("pattern", quoted(rules.getNotContains())));
        }
        if (not.size() == 1) {
            schema.put("not", not.getFirst());
        } else if (!not.isEmpty()) {
            schema.put("not", new Node().putNodes("anyOf", not));
        }
    }

    boolean allowEmpty() {
        boolean counted =
                rules.getMinLen() > 0
                        || rules.getLen() > 0
                        || rules.getMinBytes() > 0
                        || rules.getLenBytes() > 0;
        return !counted && !isFormed() && listsAllowEmpty() && patternsAllowEmpty();
    }

    /** Is it of a form that no empty text has? */
    private boolean isFormed() {
        return rules.getIp()
                || WORDS.keySet().stream().anyMatch(fields::isTrue)
                || FORMATS.keySet().stream()
                        .anyMatch(rule -> fields.isTrue(rule) && !rule.equals("uri_ref"));
    }

    private boolean listsAllowEmpty() {
        return rules.getConst().isEmpty()
                && (rules.getInCount() == 0 || rules.getInList().contains(""))
                && !rules.getNotInList().contains("");
    }

    private boolean patternsAllowEmpty() {
        patterns.clear();
        patterns(new ArrayList<>());
        return patterns.stream().allMatch(TextRules::matchesEmpty);
    }

    private static boolean matchesEmpty(String pattern) {
        try {
            return Pattern.compile(pattern).matcher("").find();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** As a regular expression that matches just this. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8);
        text.codePoints()
                .forEach(c -> {
                    if ("\\^$.|?*+()[]{}/".indexOf(c) >= 0) {
                        quoted.append('\\');
                    }
                    quoted.appendCodePoint(c);
                });
        return quoted.toString();
    }
}
