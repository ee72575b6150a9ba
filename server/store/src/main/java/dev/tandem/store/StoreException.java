package dev.tandem.store;

/** Something could not be had. The message says what is wrong and what to do. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    /** For what is known from looking. */
    public StoreException(String message) {
        super(message);
    }

    /** For what something else reported. */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
