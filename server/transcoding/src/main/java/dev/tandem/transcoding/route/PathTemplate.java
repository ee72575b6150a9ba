package dev.tandem.transcoding.route;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A path of a {@code google.api.http} binding.
 *
 * @param text as it stands in the .proto file: <code>/v1/{name=models/*}:load</code>
 * @param segments what the path's segments must be
 * @param variables which of them fill fields
 * @param verb the custom verb behind the last colon, percent-decoded; empty where there is none
 */
public record PathTemplate(
        String text, List<Segment> segments, List<Variable> variables, String verb) {

    public PathTemplate {
        segments = List.copyOf(segments);
        variables = List.copyOf(variables);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException where it is none; says where and why
     */
    public static PathTemplate parse(String text) {
        return new PathParser(text).parse();
    }

    /** The template without names: two templates of one shape match the same paths. */
    public String shape() {
        return segments.stream().map(Segment::toString).collect(Collectors.joining("/", "/", ""))
                + (verb.isEmpty() ? "" : ":" + verb);
    }

    @Override
    public String toString() {
        return text;
    }
}
