package dev.tandem.bedrock;

/** An answer is none of the API's; the message completes "the server behind this model failed". */
final class BrokenAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenAnswerException(String what) {
        super(what, null, false, false);
    }
}
