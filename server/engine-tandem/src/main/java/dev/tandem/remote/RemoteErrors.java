package dev.tandem.remote;

import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import io.grpc.Status;
import io.grpc.StatusException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another Tandem's failures as this server's: what the caller can mend, and what says when to try
 * again, as that server told it; all else in our words, with the rest in the log. No key is in
 * either. For all threads.
 */
final class RemoteErrors {
    private static final Logger LOG = System.getLogger(RemoteErrors.class.getName());
    private static final int LONGEST_WORDS = 2_000;

    /** Of code UNAVAILABLE: said of the model, not of that server. */
    private static final Set<String> OF_THE_MODEL =
            Set.of("overloaded", "model_loading", "engine_failed", "upstream_unavailable");

    /** Of code INVALID_REQUEST: said of how the request was sent, which no caller of ours did. */
    private static final Set<String> OF_THE_WIRE =
            Set.of("malformed_message", "invalid_timeout", "invalid_header", "bad_request");

    private final String place;
    private final @Nullable Secret key;

    /**
     * @param place where the server is, for the log
     * @param key never repeated
     */
    RemoteErrors(String place, @Nullable Secret key) {
        this.place = place;
        this.key = key;
    }

    /**
     * A call that ended with a status.
     *
     * @param begun had a part of the answer come?
     */
    ApiException of(StatusException failure, boolean begun) {
        return ToldError.of(failure, this::words)
                .map(this::told)
                .orElseGet(() -> untold(failure.getStatus(), begun));
    }

    private ApiException told(ApiError error) {
        return switch (error.code()) {
            case INVALID_REQUEST, VALIDATION_FAILED, FAILED_PRECONDITION, OUT_OF_RANGE, TOO_LARGE ->
                    OF_THE_WIRE.contains(error.reason()) ? broken(error) : error.toException();
            case RATE_LIMITED -> error.toException();
            case UNAVAILABLE, UPSTREAM_FAILED -> away(error);
            case DEADLINE_EXCEEDED, REQUEST_TIMEOUT ->
                    error.reason().equals(EngineReasons.UPSTREAM_TIMEOUT.name())
                            ? error.toException()
                            : late(error.reason());
            case UNAUTHENTICATED, PERMISSION_DENIED, NOT_FOUND, UNIMPLEMENTED ->
                    misconfigured(error.reason() + ": " + error.message());
            default -> broken(error);
        };
    }

    private ApiException away(ApiError error) {
        LOG.log(Level.WARNING, "{0}: {1}: {2}", place, error.reason(), error.message());
        boolean same =
                OF_THE_MODEL.contains(error.reason())
                        || error.reason().equals(EngineReasons.UPSTREAM_ERROR.name())
                        || error.reason().equals(EngineReasons.UPSTREAM_MISCONFIGURED.name());
        return same ? error.toException() : waiting(error.retryAfter());
    }

    private ApiException broken(ApiError error) {
        return broken("it answered " + error.reason());
    }

    /** By that which is not a Tandem's: the transport, or a proxy. */
    private ApiException untold(Status status, boolean begun) {
        return switch (status.getCode()) {
            case UNAVAILABLE ->
                    begun
                            ? broken("the connection broke before the answer was complete")
                            : unreachable(status);
            case UNAUTHENTICATED, PERMISSION_DENIED, NOT_FOUND, UNIMPLEMENTED ->
                    misconfigured(status.getCode() + ": " + words(said(status)));
            case DEADLINE_EXCEEDED -> late("it let the time of the call pass");
            default -> {
                LOG.log(Level.WARNING, "{0}: {1}", place, words(said(status)));
                yield broken("it answered " + status.getCode());
            }
        };
    }

    /** The server broke the rules, or its promise. */
    ApiException broken(String what) {
        LOG.log(Level.WARNING, "{0} failed: {1}", place, what);
        return ApiError.of(
                        EngineReasons.UPSTREAM_ERROR,
                        "The server behind this model failed: " + what + "; try again.")
                .toException();
    }

    /** It took too long. */
    ApiException late(String what) {
        LOG.log(Level.WARNING, "{0} is too slow: {1}", place, what);
        return ApiError.of(
                        EngineReasons.UPSTREAM_TIMEOUT,
                        "The server behind this model is too slow; try again.")
                .toException();
    }

    private ApiException unreachable(Status status) {
        LOG.log(Level.WARNING, "{0} cannot be reached: {1}", place, words(said(status)));
        return ApiError.of(
                        EngineReasons.UPSTREAM_UNAVAILABLE,
                        "The server behind this model cannot be reached; try again later.")
                .toException();
    }

    private ApiException waiting(@Nullable Duration retryAfter) {
        ApiError error =
                ApiError.of(
                        EngineReasons.UPSTREAM_UNAVAILABLE,
                        "The server behind this model takes no more calls for now; try again later.");
        return (retryAfter == null ? error : error.retryAfter(retryAfter)).toException();
    }

    private ApiException misconfigured(String what) {
        LOG.log(
                Level.ERROR,
                "{0} refuses what this server sends: {1}; check address, model and key of the engine",
                place,
                what);
        return ApiError.of(
                        EngineReasons.UPSTREAM_MISCONFIGURED,
                        "This model cannot be used as this server is configured; tell its operator:"
                                + " the log says more under the request's time.")
                .toException();
    }

    /** The engine was taken out of service. */
    ApiException closed() {
        return ApiError.of(
                        EngineReasons.UPSTREAM_UNAVAILABLE,
                        "This model is being taken out of service; send the request again.")
                .toException();
    }

    private static String said(Status status) {
        StringBuilder said = new StringBuilder(String.valueOf(status.getDescription()));
        for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
            said.append("; ").append(cause.getMessage());
        }
        return said.toString();
    }

    /** The server's words, of bounded length, on one line, without the key. */
    private String words(String said) {
        String words = said.replaceAll("\\p{Cntrl}+", " ").strip();
        if (key != null && key.length() > 0) {
            words = words.replace(key.reveal(), Secret.MASK);
        }
        if (words.length() > LONGEST_WORDS) {
            int end = words.offsetByCodePoints(0, words.codePointCount(0, LONGEST_WORDS) - 1);
            words = words.substring(0, end) + "…";
        }
        return words;
    }
}
