package dev.tandem.transcoding.route;

import com.google.protobuf.Message;
import dev.tandem.transcoding.json.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Path or query parameters that do not fit the request message: the caller's fault. */
public final class ParameterException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Violation> violations;

    private final transient @Nullable Message partial;

    /**
     * @param partial what could be read; null where nothing was
     */
    ParameterException(List<Violation> violations, @Nullable Message partial) {
        super(violations.toString(), null, false, false);
        this.violations = List.copyOf(violations);
        this.partial = partial;
    }

    /** The same of a message around the one that was read. */
    ParameterException within(Message whole) {
        return new ParameterException(violations, whole);
    }

    /** All that is wrong, at least one entry. */
    public List<Violation> violations() {
        return violations;
    }

    /** The request with what could be read; null where the query has no form at all. */
    public @Nullable Message partial() {
        return partial;
    }
}
