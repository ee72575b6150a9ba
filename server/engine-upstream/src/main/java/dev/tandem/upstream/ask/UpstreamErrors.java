package dev.tandem.upstream.ask;

import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.Refusal;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.upstream.http.Origin;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server's failures as this server's: what the caller can mend is told in the server's words, all
 * else in ours, with the rest in the log. No key is in either. For all threads.
 */
public final class UpstreamErrors {
    private static final Logger LOG = System.getLogger(UpstreamErrors.class.getName());

    private static final int LONGEST_WORDS = 500;
    private static final int LONGEST_PARAM = 200;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int FIRST_CLIENT_ERROR = 400;

    private final Origin origin;
    private final @Nullable Secret key;

    /**
     * @param key that no message may show; null for none
     */
    public UpstreamErrors(Origin origin, @Nullable Secret key) {
        this.origin = origin;
        this.key = key;
    }

    /** The server broke the rules, or its promise. */
    public ApiException broken(String what) {
        LOG.log(Level.WARNING, "{0} failed: {1}", origin, what);
        return ApiError.of(
                        EngineReasons.UPSTREAM_ERROR,
                        "The server behind this model failed: " + what + "; try again.")
                .toException();
    }

    /** It took too long. */
    public ApiException late(String what) {
        LOG.log(Level.WARNING, "{0} is too slow: {1}", origin, what);
        return ApiError.of(
                        EngineReasons.UPSTREAM_TIMEOUT,
                        "The server behind this model is too slow: " + what + "; try again.")
                .toException();
    }

    /** There is no way to it. */
    ApiException unreachable(String what) {
        LOG.log(Level.WARNING, "{0} cannot be reached: {1}", origin, what);
        return ApiError.of(
                        EngineReasons.UPSTREAM_UNAVAILABLE,
                        "The server behind this model cannot be reached; try again later.")
                .toException();
    }

    /** The engine was taken out of service. */
    ApiException closed() {
        return ApiError.of(
                        EngineReasons.UPSTREAM_UNAVAILABLE,
                        "This model is being taken out of service; send the request again.")
                .toException();
    }

    /**
     * Throws where an answer's fields beyond the contract say that it is none: an error within a
     * stream.
     */
    public void throwIfTold(Map<String, String> extra) {
        String error = extra.get("error");
        if (error != null) {
            throw within(ErrorBody.read(error));
        }
    }

    /** An error in the middle of an answer. */
    public ApiException within(ErrorBody body) {
        return of(body.statusWithin(), body, Optional.empty());
    }

    /** An answer with another status than 200. */
    ApiException of(int status, ErrorBody body, Optional<Duration> retryAfter) {
        LOG.log(
                status >= FIRST_SERVER_ERROR ? Level.WARNING : Level.DEBUG,
                "{0} answers with status {1}: {2}",
                origin,
                status,
                words(body, "no message"));
        if (status < FIRST_CLIENT_ERROR) {
            return misconfigured(
                    status,
                    "it answers with status " + status + ", and redirects are not followed");
        }
        return status < FIRST_SERVER_ERROR
                ? refused(status, body, retryAfter)
                : failed(status, body, retryAfter);
    }

    private ApiException refused(int status, ErrorBody body, Optional<Duration> retryAfter) {
        if (body.tellsQuota() || status == 402) {
            return misconfigured(status, "its quota for this server is used up");
        }
        return switch (status) {
            case 401, 403, 407 -> misconfigured(status, "it refuses this server's credential");
            case 404, 405, 410, 421, 426 ->
                    misconfigured(status, "it does not know the configured model or address");
            case 408, 499 -> late("it gave up waiting for the request");
            case 409, 425 -> waiting(EngineReasons.UPSTREAM_UNAVAILABLE, retryAfter);
            case 429 -> waiting(EngineReasons.UPSTREAM_RATE_LIMITED, retryAfter);
            case 413 ->
                    ApiError.of(
                                    Reasons.REQUEST_TOO_LARGE,
                                    words(body, "The request is too large for this model."))
                            .toException();
            default -> callersFault(body);
        };
    }

    private ApiException callersFault(ErrorBody body) {
        String words = words(body, "The server behind this model does not take the request.");
        String param = param(body);
        if (body.tellsContextLength()) {
            return param == null
                    ? ApiError.of(EngineReasons.CONTEXT_LENGTH_EXCEEDED, words).toException()
                    : Refusal.contextLengthExceeded(param, words);
        }
        return param == null
                ? ApiError.of(Reasons.UNSUPPORTED_VALUE, words).toException()
                : Refusal.unsupportedValue(param, words);
    }

    private ApiException failed(int status, ErrorBody body, Optional<Duration> retryAfter) {
        if (body.tellsContextLength()) {
            return callersFault(body);
        }
        return switch (status) {
            case 503, 529 -> waiting(EngineReasons.UPSTREAM_UNAVAILABLE, retryAfter);
            case 504, 524 -> late("it, or what is behind it, took too long");
            default -> broken("it answers with status " + status);
        };
    }

    private ApiException misconfigured(int status, String what) {
        LOG.log(
                Level.ERROR,
                "{0}: {1} (status {2}); check address, model and key of the engine",
                origin,
                what,
                status);
        return ApiError.of(
                        EngineReasons.UPSTREAM_MISCONFIGURED,
                        "This model cannot be used as this server is configured; tell its operator:"
                                + " the log says more under the request's time.")
                .toException();
    }

    private static ApiException waiting(Reason reason, Optional<Duration> retryAfter) {
        ApiError error =
                ApiError.of(
                        reason,
                        "The server behind this model takes no more calls for now; try again later.");
        return retryAfter.map(error::retryAfter).orElse(error).toException();
    }

    /** The server's words, of bounded length, on one line, without the key. */
    private String words(ErrorBody body, String otherwise) {
        String words = body.message().replaceAll("\\p{Cntrl}+", " ").strip();
        if (key != null && key.length() > 0) {
            words = words.replace(key.reveal(), Secret.MASK);
        }
        if (words.length() > LONGEST_WORDS) {
            int end = words.offsetByCodePoints(0, words.codePointCount(0, LONGEST_WORDS) - 1);
            words = words.substring(0, end) + "…";
        }
        return words.isEmpty() ? otherwise : words;
    }

    private @Nullable String param(ErrorBody body) {
        String param = body.param();
        if (param == null
                || param.length() > LONGEST_PARAM
                || !param.matches("[A-Za-z0-9_.\\[\\]-]+")) {
            return null;
        }
        return param.replace(".[", "["); // some write messages.[0].content
    }
}
