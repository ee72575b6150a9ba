package dev.tandem.runtime.call;

/** The call is over: nothing more can be sent or received. A handler lets it pass. */
public final class CancelledException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final CancelCause reason;

    /** For a call that ended for this reason. */
    public CancelledException(CancelCause reason) {
        super("the call was cancelled: " + reason, null, false, false);
        this.reason = reason;
    }

    /** Why it is over. */
    public CancelCause reason() {
        return reason;
    }
}
