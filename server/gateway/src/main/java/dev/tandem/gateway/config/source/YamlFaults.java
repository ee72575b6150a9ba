package dev.tandem.gateway.config.source;

import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * The parser's findings in words of our own: its messages quote the file, and what they quote may
 * be a secret.
 */
final class YamlFaults {
    private static final String UNKNOWN = "this is not YAML.";

    /** By what the parser's message begins with, or has in it. */
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(
                "mapping values are not allowed",
                "a ':' with a space behind it stands where none can be; quote the value, or indent the line as its neighbours.");
        WORDS.put(
                "could not find expected ':'",
                "there is no ':' behind a key in the lines before this one.");
        WORDS.put(
                "found undefined alias",
                "'*' begins an alias, and there is no such anchor before it; quote a value that begins with '*'.");
        WORDS.put("found character '\\t", "tabs cannot indent; use spaces.");
        WORDS.put("cannot start any token", "a value cannot begin with this character; quote it.");
        WORDS.put(
                "found unknown escape character",
                "this '\\' escape is not known in double quotes; use single quotes, or write '\\\\'.");
        WORDS.put("found unexpected end of stream", "a quote is opened and not closed.");
        WORDS.put("found unexpected document separator", "a quote is opened and not closed.");
        WORDS.put("expected ',' or", "a ',' or the closing bracket is missing.");
        WORDS.put(
                "but found another document",
                "there is a second document ('---'); one file has one.");
        WORDS.put(
                "but got another document",
                "there is a second document ('---'); one file has one.");
        WORDS.put("expected <block end>", "this line is not indented as those above it.");
        WORDS.put("Nesting Depth exceeded", "this is nested too deep.");
        WORDS.put("Number of aliases", "there are too many aliases (*).");
        WORDS.put("code points", "this is larger than 1 MiB.");
        WORDS.put("tag handle", "tags (!) have no meaning here; quote the value.");
    }

    private YamlFaults() {}

    static Problem problem(YAMLException fault, String text, YamlFile.Place place) {
        if (fault instanceof ReaderException character) {
            int at = Math.min(character.getPosition(), text.length());
            String before = text.substring(0, at);
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            int column = at - before.lastIndexOf('\n');
            return Problem.at(
                    place.at(line, column),
                    "a control character stands here; remove it, or write it as an escape in double"
                            + " quotes.");
        }
        Mark mark = fault instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
        Origin origin =
                mark == null ? place.at(1, 1) : place.at(mark.getLine() + 1, mark.getColumn() + 1);
        return Problem.at(origin, words(fault));
    }

    private static String words(YAMLException fault) {
        String told =
                fault instanceof MarkedYAMLException marked
                        ? marked.getContext() + " " + marked.getProblem()
                        : String.valueOf(fault.getMessage());
        return WORDS.entrySet().stream()
                .filter(each -> told.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(UNKNOWN);
    }
}
