package dev.tandem.upstream.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An exchange with another server failed on its way. The message is for the log and for people; it
 * has no header, no body and no secret.
 */
public final class UpstreamException extends IOException {
    private static final long serialVersionUID = 1;

    /** What kind of failure it is: whether trying again, or elsewhere, may help. */
    public enum Fault {
        /** No connection: unknown name, nobody listens, TLS that is not trusted. */
        UNREACHABLE,
        /** A limit of time passed. */
        TIMEOUT,
        /** The connection ended, or broke, before the answer did. */
        CUT_OFF,
        /** The answer is not what the protocol allows. */
        MALFORMED,
        /** The answer is larger than it may be. */
        TOO_LARGE
    }

    private final Fault fault;

    /** A failure that is found here. */
    public UpstreamException(Fault fault, String message) {
        this(fault, message, null);
    }

    /** A failure with what is behind it. */
    public UpstreamException(Fault fault, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** What kind of failure it is. */
    public Fault fault() {
        return fault;
    }
}
