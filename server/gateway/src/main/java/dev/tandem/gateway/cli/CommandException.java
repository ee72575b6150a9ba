package dev.tandem.gateway.cli;

/** A command failed. The message says what is wrong and what to do. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1;

    /** For what is known from looking. */
    public CommandException(String message) {
        super(message);
    }

    /** For what something else reported. */
    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
