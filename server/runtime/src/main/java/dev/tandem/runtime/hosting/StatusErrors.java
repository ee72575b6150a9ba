package dev.tandem.runtime.hosting;

import dev.tandem.runtime.call.ApiError;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;

/**
 * What a server behind this one told a gRPC client, as the one form of every failure: for handlers
 * that call others. Code, message and details are the other server's; its reason, violations and
 * when to come back are filled where it told them.
 */
public final class StatusErrors {
    private StatusErrors() {}

    /**
     * Of a call by grpc-java's blocking stubs, version 2, and its own calls.
     *
     * @throws IllegalArgumentException where the status is OK
     */
    public static ApiError of(StatusException failure) {
        return HostedStatus.toError(failed(failure.getStatus()), failure.getTrailers());
    }

    /**
     * Of a call by grpc-java's other stubs.
     *
     * @throws IllegalArgumentException where the status is OK
     */
    public static ApiError of(StatusRuntimeException failure) {
        return HostedStatus.toError(failed(failure.getStatus()), failure.getTrailers());
    }

    private static Status failed(Status status) {
        if (status.isOk()) {
            throw new IllegalArgumentException("the call did not fail");
        }
        return status;
    }
}
