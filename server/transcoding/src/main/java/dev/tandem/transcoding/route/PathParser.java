package dev.tandem.transcoding.route;

import dev.tandem.transcoding.route.PathToken.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads path templates by the grammar in google/api/http.proto:
 *
 * <pre>
 * Template  = "/" Segments [ ":" LITERAL ]
 * Segments  = Segment { "/" Segment }
 * Segment   = "*" | "**" | LITERAL | "{" FieldPath [ "=" Segments ] "}"
 * FieldPath = IDENT { "." IDENT }
 * </pre>
 */
final class PathParser {
    private static final Pattern FIELD_PATH =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    private final String template;
    private final List<PathToken> tokens;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Variable> variables = new ArrayList<>();
    private final Set<String> fields = new HashSet<>();
    private int next;

    PathParser(String template) {
        this.template = template;
        this.tokens = PathScanner.scan(template);
    }

    PathTemplate parse() {
        expect(Kind.SLASH, "a path begins with \"/\"");
        segments(true);
        String verb = "";
        if (accept(Kind.COLON)) {
            verb = decoded(expect(Kind.TEXT, "a verb follows \":\""));
        }
        expect(Kind.END, "the template ends here");
        return new PathTemplate(template, segments, variables, verb);
    }

    private void segments(boolean mayHoldVariable) {
        do {
            segment(mayHoldVariable);
        } while (accept(Kind.SLASH));
    }

    private void segment(boolean mayHoldVariable) {
        PathToken token = tokens.get(next);
        if (!segments.isEmpty() && segments.getLast() instanceof Segment.Rest) {
            throw wrong(token, "\"**\" must be the last segment");
        }
        switch (token.kind()) {
            case STAR -> add(new Segment.One());
            case STAR_STAR -> add(new Segment.Rest());
            case TEXT -> add(new Segment.Literal(decoded(token)));
            case OPEN -> {
                if (!mayHoldVariable) {
                    throw wrong(token, "a variable cannot hold another variable");
                }
                next++;
                variable();
            }
            default ->
                    throw wrong(
                            token, "a segment is \"*\", \"**\", a literal or a variable in braces");
        }
    }

    private void add(Segment segment) {
        next++;
        segments.add(segment);
    }

    private void variable() {
        PathToken name = expect(Kind.TEXT, "a field name follows \"{\"");
        if (!FIELD_PATH.matcher(name.text()).matches()) {
            throw wrong(name, "\"" + name.text() + "\" is not the path of a field");
        }
        if (!fields.add(name.text())) {
            throw wrong(name, "\"" + name.text() + "\" is bound twice");
        }
        int from = segments.size();
        if (accept(Kind.EQUALS)) {
            segments(false);
        } else {
            segments.add(new Segment.One());
        }
        expect(Kind.CLOSE, "a variable ends with \"}\"");
        boolean open = segments.getLast() instanceof Segment.Rest;
        variables.add(new Variable(name.text(), from, segments.size(), open));
    }

    private String decoded(PathToken token) {
        try {
            return PercentDecoding.all(token.text());
        } catch (PercentDecoding.MalformedException e) {
            throw wrong(token, e.getMessage());
        }
    }

    private boolean accept(Kind kind) {
        if (tokens.get(next).kind() != kind) {
            return false;
        }
        next++;
        return true;
    }

    private PathToken expect(Kind kind, String rule) {
        PathToken token = tokens.get(next);
        if (token.kind() != kind) {
            throw wrong(token, rule);
        }
        next++;
        return token;
    }

    private IllegalArgumentException wrong(PathToken at, String rule) {
        return new IllegalArgumentException(
                "path template \"" + template + "\", character " + (at.at() + 1) + ": " + rule);
    }
}
