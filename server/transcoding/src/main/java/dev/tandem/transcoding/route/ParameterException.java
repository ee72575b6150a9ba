package dev.tandem.transcoding.route;

import dev.tandem.transcoding.json.Violation;
import java.util.List;

/** Path or query parameters that do not fit the request message: the caller's fault. */
public final class ParameterException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Violation> violations;

    ParameterException(List<Violation> violations) {
        super(violations.toString(), null, false, false);
        this.violations = List.copyOf(violations);
    }

    /** All that is wrong, at least one entry. */
    public List<Violation> violations() {
        return violations;
    }
}
