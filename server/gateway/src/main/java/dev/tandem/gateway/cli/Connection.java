package dev.tandem.gateway.cli;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/**
 * A connection to a server.
 *
 * @param channel closed with this
 * @param address for messages
 */
record Connection(ManagedChannel channel, String address) implements AutoCloseable {

    /** What to tell of a failed call: what the server says, or that there is none. */
    CommandException explained(StatusException failure) {
        Status status = failure.getStatus();
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return new CommandException(
                        "TLS with the server at " + address + " fails: " + cause.getMessage(),
                        failure);
            }
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return new CommandException(
                        "No server answers at " + address + "; `tandem serve` starts one.",
                        failure);
            }
        }
        String worded = Failures.worded(status);
        // how grpc-java begins when an answer is not gRPC
        return worded.startsWith("HTTP status code")
                ? new CommandException(
                        "What answers at " + address + " is no Tandem server.", failure)
                : new CommandException(worded, failure);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
