package dev.tandem.transcoding.route;

import java.util.List;

/** HTTP bindings that contradict each other or their messages: stops the start. */
public final class RouteException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    RouteException(List<String> problems) {
        super("The HTTP bindings cannot be served:\n- " + String.join("\n- ", problems));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong; each entry names its method. */
    public List<String> problems() {
        return problems;
    }
}
