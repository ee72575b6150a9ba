package dev.tandem.transcoding.route;

import java.util.List;

/** HTTP bindings or JSON options that contradict each other or their messages: stops the start. */
public final class RouteException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    RouteException(List<String> problems) {
        super(
                "The services cannot be served over HTTP as their .proto files are:\n- "
                        + String.join("\n- ", problems));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong; each entry begins with the file, the line where known, and the name. */
    public List<String> problems() {
        return problems;
    }
}
