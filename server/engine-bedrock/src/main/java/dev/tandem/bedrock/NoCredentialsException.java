package dev.tandem.bedrock;

/** The SDK found nothing by which AWS knows this server. */
final class NoCredentialsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoCredentialsException(Throwable cause) {
        super("no credentials", cause);
    }
}
