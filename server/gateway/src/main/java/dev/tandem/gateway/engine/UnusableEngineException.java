package dev.tandem.gateway.engine;

/** An engine of the configuration cannot be used as it is; the message says what to do. */
public final class UnusableEngineException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * @param sentence for the operator; nothing of a secret
     */
    public UnusableEngineException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
