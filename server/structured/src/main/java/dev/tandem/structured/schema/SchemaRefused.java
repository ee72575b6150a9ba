package dev.tandem.structured.schema;

import java.util.List;
import java.util.stream.Collectors;

/** A schema that is malformed, too large or beyond what can be enforced; all problems at once. */
public final class SchemaRefused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /** With at least one problem. */
    public SchemaRefused(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** In the order of the schema's text; a hundred at most. */
    public List<Problem> problems() {
        return problems;
    }
}
