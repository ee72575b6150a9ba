package dev.tandem.bedrock;

import dev.tandem.engines.EngineReasons;
import dev.tandem.engines.Refusal;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.call.Reasons;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The SDK's failures as this server's: what the caller can mend is told in Bedrock's words, all
 * else in ours, with the rest in the log. No credential is in either. For all threads.
 */
final class BedrockErrors {
    private static final Logger LOG = System.getLogger(BedrockErrors.class.getName());

    private static final int LONGEST_WORDS = 500;
    private static final int FIRST_SERVER_ERROR = 500;

    private final List<Secret> secrets;

    /**
     * @param secrets that stand in no text
     */
    BedrockErrors(List<Secret> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /** Those of an engine with these credentials. */
    static BedrockErrors hiding(BedrockCredentials credentials) {
        return new BedrockErrors(
                switch (credentials) {
                    case BedrockCredentials.Keys(
                                    Secret id,
                                    Secret secret,
                                    @Nullable Secret session) ->
                            Stream.of(
                                            Optional.of(id),
                                            Optional.of(secret),
                                            Optional.ofNullable(session))
                                    .flatMap(Optional::stream)
                                    .toList();
                    case BedrockCredentials.ApiKey(Secret key) -> List.of(key);
                    case BedrockCredentials.Profile(String _), BedrockCredentials.Found() ->
                            List.of();
                });
    }

    /** What the SDK gave up with. */
    ApiException of(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            switch (each) {
                case ApiException known -> {
                    return known;
                }
                case BrokenAnswerException broken -> {
                    return broken(String.valueOf(broken.getMessage()));
                }
                case NoCredentialsException missing -> {
                    return misconfigured("no credentials: " + words(missing.getCause()));
                }
                case AwsServiceException told -> {
                    return told(told);
                }
                case ConnectException _,
                        UnknownHostException _,
                        SSLException _,
                        TimeoutException _ -> {
                    return unreachable(words(each));
                }
                default -> {} // what it is caused by may tell more
            }
        }
        LOG.log(Level.WARNING, "Bedrock failed: {0}", words(failure));
        return broken("the connection broke, or what came is no answer of this API");
    }

    private ApiException told(AwsServiceException failure) {
        AwsErrorDetails details = failure.awsErrorDetails();
        String code = details == null ? "" : String.valueOf(details.errorCode());
        String message = details == null ? "" : clean(details.errorMessage());
        Optional<Duration> retryAfter = retryAfter(details);
        int status = failure.statusCode();
        LOG.log(
                status >= FIRST_SERVER_ERROR ? Level.WARNING : Level.DEBUG,
                "Bedrock answers {0} (status {1}): {2}",
                code,
                status,
                message);
        return switch (kind(code)) {
            case "throttling" -> waiting(EngineReasons.UPSTREAM_RATE_LIMITED, retryAfter);
            case "serviceunavailable", "modelnotready" ->
                    waiting(EngineReasons.UPSTREAM_UNAVAILABLE, retryAfter);
            case "modeltimeout" -> late("its model took too long");
            case "validation" -> callersFault(message);
            case "internalserver", "modelerror", "modelstreamerror", "internalfailure" ->
                    broken("it answers " + code);
            case "servicequotaexceeded" -> misconfigured("a quota of this account is used up");
            default -> byStatus(status, code, message, retryAfter);
        };
    }

    /** The code without its ending; in streams it begins with a small letter. */
    private static String kind(String code) {
        String kind = code.toLowerCase(Locale.ROOT);
        return kind.endsWith("exception") ? kind.substring(0, kind.length() - 9) : kind;
    }

    /** Codes of AWS's that are none of Bedrock's: of its door, or of a proxy. */
    private ApiException byStatus(
            int status, String code, String message, Optional<Duration> retryAfter) {
        return switch (status) {
            case 429 -> waiting(EngineReasons.UPSTREAM_RATE_LIMITED, retryAfter);
            case 503 -> waiting(EngineReasons.UPSTREAM_UNAVAILABLE, retryAfter);
            case 408, 504 -> late("it, or what is behind it, took too long");
            case 413 ->
                    ApiError.of(
                                    Reasons.REQUEST_TOO_LARGE,
                                    "The request is too large for this model.")
                            .toException();
            default ->
                    status >= 300 && status < FIRST_SERVER_ERROR
                            ? misconfigured("it answers " + code + ": " + message)
                            : broken("it answers with status " + status);
        };
    }

    private ApiException callersFault(String message) {
        String words = message.toLowerCase(Locale.ROOT);
        if (tellsContextLength(words)) {
            return Refusal.contextLengthExceeded("messages", message);
        }
        if (words.contains("model identifier is invalid")
                || words.contains("on-demand throughput")
                || words.contains("inference profile")) {
            return misconfigured(message);
        }
        return ApiError.of(
                        Reasons.UNSUPPORTED_VALUE,
                        message.isEmpty() ? "This model does not take the request." : message)
                .toException();
    }

    /** There is no code of its own for it, and each maker of models words it differently. */
    private static boolean tellsContextLength(String words) {
        return words.contains("input is too long")
                || words.contains("prompt is too long")
                || words.contains("maximum context length")
                || words.contains("context window")
                || words.contains("context limit")
                || words.contains("too many input tokens")
                || words.contains("exceeds the maximum number of tokens")
                || words.contains("exceed the model's maximum");
    }

    /** The server broke the rules, or its promise. */
    ApiException broken(String what) {
        LOG.log(Level.WARNING, "Bedrock failed: {0}", what);
        return ApiError.of(
                        EngineReasons.UPSTREAM_ERROR,
                        "The server behind this model failed: " + what + "; try again.")
                .toException();
    }

    /** It took too long. */
    ApiException late(String what) {
        LOG.log(Level.WARNING, "Bedrock is too slow: {0}", what);
        return ApiError.of(
                        EngineReasons.UPSTREAM_TIMEOUT,
                        "The server behind this model is too slow: " + what + "; try again.")
                .toException();
    }

    private static ApiException unreachable(String what) {
        LOG.log(Level.WARNING, "Bedrock cannot be reached: {0}", what);
        return ApiError.of(
                        EngineReasons.UPSTREAM_UNAVAILABLE,
                        "The server behind this model cannot be reached; try again later.")
                .toException();
    }

    /** The engine was taken out of service. */
    static ApiException closed() {
        return ApiError.of(
                        EngineReasons.UPSTREAM_UNAVAILABLE,
                        "This model is being taken out of service; send the request again.")
                .toException();
    }

    private static ApiException misconfigured(String what) {
        LOG.log(
                Level.ERROR,
                "Bedrock: {0}; check region, model id, credentials and their rights",
                what);
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

    private static Optional<Duration> retryAfter(@Nullable AwsErrorDetails details) {
        return details == null || details.sdkHttpResponse() == null
                ? Optional.empty()
                : details.sdkHttpResponse()
                        .firstMatchingHeader("retry-after")
                        .filter(text -> text.matches("\\d{1,5}"))
                        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    private String words(@Nullable Throwable failure) {
        return failure == null ? "" : clean(String.valueOf(failure.getMessage()));
    }

    /** Of bounded length, on one line, without a secret. */
    private String clean(@Nullable String told) {
        String words = told == null ? "" : told.replaceAll("\\p{Cntrl}+", " ").strip();
        for (Secret secret : secrets) {
            if (secret.length() > 0) {
                words = words.replace(secret.reveal(), Secret.MASK);
            }
        }
        if (words.length() > LONGEST_WORDS) {
            int end = words.offsetByCodePoints(0, words.codePointCount(0, LONGEST_WORDS) - 1);
            words = words.substring(0, end) + "…";
        }
        return words;
    }
}
