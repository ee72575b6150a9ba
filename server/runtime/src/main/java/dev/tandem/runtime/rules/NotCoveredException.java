package dev.tandem.runtime.rules;

/** A rule that is left to protovalidate. */
final class NotCoveredException extends Exception {
    private static final long serialVersionUID = 1;

    NotCoveredException(String rule) {
        super(rule, null, false, false);
    }
}
