package dev.tandem.transcoding.form;

/** A body that is no form of its type, or one beyond its limits: the caller's fault. */
public final class FormException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * @param message a sentence for the caller
     */
    public FormException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
