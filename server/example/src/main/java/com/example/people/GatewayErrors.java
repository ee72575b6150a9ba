package com.example.people;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.hosting.StatusErrors;
import io.grpc.StatusException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The gateway's failures as this service's: what the caller can heed as the gateway told it, the
 * rest in our words and in the log.
 */
final class GatewayErrors {
    private static final Logger LOG = System.getLogger(GatewayErrors.class.getName());

    /** Said of the text, or of what the model makes of it. */
    private static final Set<String> OF_THE_TEXT =
            Set.of("answer_cut", "answer_refused", "context_length_exceeded");

    private GatewayErrors() {}

    static ApiException of(StatusException failure) {
        ApiError theirs = StatusErrors.of(failure);
        boolean told = theirs.details() != null; // else grpc-java's own: connection, deadline
        return switch (theirs.code()) {
            case DEADLINE_EXCEEDED -> late();
            case UNAVAILABLE -> told ? handedOn(theirs) : unreachable(failure);
            case RATE_LIMITED -> handedOn(theirs);
            default -> OF_THE_TEXT.contains(theirs.reason()) ? handedOn(theirs) : failed(failure);
        };
    }

    /** Without what it says of the request to the gateway, which our caller did not make. */
    private static ApiException handedOn(ApiError theirs) {
        return new ApiError(
                        theirs.code(),
                        theirs.reason(),
                        theirs.message(),
                        null,
                        List.of(),
                        theirs.retryAfter())
                .toException();
    }

    private static ApiException late() {
        return ApiError.of(
                        Reasons.DEADLINE_EXCEEDED,
                        "The model took longer than the call may take; allow more time.")
                .toException();
    }

    private static ApiException unreachable(StatusException failure) {
        LOG.log(Level.WARNING, "the gateway cannot be reached: {0}", failure.getMessage());
        return ApiError.of(
                        PeopleErrors.GATEWAY_UNAVAILABLE,
                        "The model cannot be reached now; try again later.")
                .retryAfter(Duration.ofSeconds(5))
                .toException();
    }

    /** A wrong address, key or model, or a defect of the gateway's: for the operator. */
    private static ApiException failed(StatusException failure) {
        LOG.log(Level.ERROR, "the gateway failed: {0}", failure.getMessage());
        return ApiError.of(
                        PeopleErrors.GATEWAY_FAILED,
                        "The model did not answer well; the operator finds why in the log.")
                .toException();
    }
}
