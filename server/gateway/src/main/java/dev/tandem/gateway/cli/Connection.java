package dev.tandem.gateway.cli;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.netty.shaded.io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server.
 *
 * @param channel closed with this
 * @param address for messages
 */
record Connection(ManagedChannel channel, String address) implements AutoCloseable {
    private static final String TLS_OPTIONS = "--tls, --ca, --cert and --key";

    /** What to tell of a failed call: what the server says, or that there is none. */
    CommandException explained(StatusException failure) {
        return new CommandException(sentence(failure.getStatus()), failure);
    }

    private String sentence(Status status) {
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof NotSslRecordException) {
                return "The server at "
                        + address
                        + " speaks no TLS; leave out "
                        + TLS_OPTIONS
                        + ".";
            }
            if (cause instanceof SSLException) {
                return "TLS with the server at " + address + " fails: " + innermost(cause);
            }
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return "No server answers at " + address + "; `tandem serve` starts one.";
            }
        }
        String worded = Failures.worded(status);
        if (worded.contains("INADEQUATE_SECURITY")) { // the name of the error of HTTP/2
            return "The server at "
                    + address
                    + " speaks TLS; add --tls, or --ca FILE for a certificate of your own.";
        }
        // how grpc-java begins when an answer is not gRPC
        return worded.startsWith("HTTP status code")
                ? "What answers at " + address + " is no Tandem server."
                : worded;
    }

    /** Those around it say only that the handshake failed. */
    private static @Nullable String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
