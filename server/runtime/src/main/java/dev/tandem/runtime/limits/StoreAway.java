package dev.tandem.runtime.limits;

/** Whether a call is within its limits cannot be known now. */
public final class StoreAway extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param message why, without any credential
     */
    public StoreAway(String message) {
        super(message, null, false, false);
    }
}
