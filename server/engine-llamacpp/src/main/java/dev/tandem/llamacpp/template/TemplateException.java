package dev.tandem.llamacpp.template;

/**
 * A chat template that does not parse, cannot be rendered with this input, or goes beyond its
 * limits.
 */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, and with that who is to act. */
    public enum Kind {
        /**
         * The source is not a template: whoever supplies the model has to mend it. The message
         * names the line.
         */
        SYNTAX,
        /**
         * The template called {@code raise_exception}; the message is its author's, meant for the
         * caller.
         */
        RAISED,
        /** The template takes more steps, memory, output, depth or time than it is given. */
        LIMIT,
        /** An operation failed on these values, as it would in Python. */
        RUNTIME
    }

    private final Kind kind;

    private TemplateException(Kind kind, String message) {
        // no stack trace: it would show the interpreter, never the template, and may be very deep
        super(message, null, false, false);
        this.kind = kind;
    }

    static TemplateException syntax(int line, String message) {
        return new TemplateException(Kind.SYNTAX, "chat template, line " + line + ": " + message);
    }

    static TemplateException raised(String message) {
        return new TemplateException(Kind.RAISED, message);
    }

    static TemplateException limit(String message) {
        return new TemplateException(Kind.LIMIT, "chat template refused: " + message);
    }

    static TemplateException runtime(String message) {
        return new TemplateException(Kind.RUNTIME, "chat template failed: " + message);
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }
}
