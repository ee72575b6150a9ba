package dev.tandem.runtime.call;

import com.google.protobuf.Message;
import java.util.List;

/**
 * What came for a message does not have the form of its type: a string where a number belongs, an
 * unknown field. Thrown by a {@link Source}; carries what could be read, so that the rules can be
 * checked on the rest and the caller hears everything at once.
 */
public final class MisshapenMessageException extends ApiException {
    private static final long serialVersionUID = 1;

    private final transient Message partial;
    private final int count;

    /**
     * @param partial what could be read; at the paths of the violations it holds stand-ins
     * @param violations at least one
     * @param count how many there are, listed or not
     */
    public MisshapenMessageException(
            Message partial, List<ApiError.Violation> violations, int count) {
        super(ApiError.violations(violations, count));
        this.partial = partial;
        this.count = count;
    }

    /** What could be read. */
    public Message partial() {
        return partial;
    }

    /** What has another form than its type. */
    public List<ApiError.Violation> violations() {
        return error().violations();
    }

    /** How much of that there is, listed or not. */
    public int count() {
        return count;
    }
}
