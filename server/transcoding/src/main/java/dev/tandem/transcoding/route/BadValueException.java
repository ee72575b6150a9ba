package dev.tandem.transcoding.route;

/** A text that is no value of a field's type: the caller's fault. */
final class BadValueException extends Exception {
    private static final long serialVersionUID = 1;

    private final String rule;

    /**
     * @param rule the id of the rule, as the JSON codec names it: {@code type}, {@code range}, …
     * @param message a sentence for the caller
     */
    BadValueException(String rule, String message) {
        super(message, null, false, false);
        this.rule = rule;
    }

    String rule() {
        return rule;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
