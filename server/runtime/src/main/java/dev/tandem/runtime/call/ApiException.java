package dev.tandem.runtime.call;

/**
 * Carries an {@link ApiError} up to the wire. Has no stack trace: it is an answer, not a defect.
 */
public sealed class ApiException extends RuntimeException permits MisshapenMessageException {
    private static final long serialVersionUID = 1;

    private final transient ApiError error;

    /** For an error that is the whole story. */
    public ApiException(ApiError error) {
        super(error.reason() + ": " + error.message(), null, false, false);
        this.error = error;
    }

    /** The answer. */
    public ApiError error() {
        return error;
    }
}
