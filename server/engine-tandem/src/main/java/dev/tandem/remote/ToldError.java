package dev.tandem.remote;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.auth.AuthReasons;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.call.Reasons;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what another Tandem said of a failure: the reverse of how the runtime writes it. */
final class ToldError {
    private static final String DOMAIN = "tandem";
    private static final int LONGEST_RETRY_SECONDS = 3600;

    private static final Map<String, Reason> KNOWN =
            Stream.of(Reasons.ALL, EngineReasons.ALL, AuthReasons.ALL)
                    .flatMap(List::stream)
                    .collect(Collectors.toUnmodifiableMap(Reason::name, Function.identity()));

    private final Status status;
    private final UnaryOperator<String> words;
    private ErrorInfo info = ErrorInfo.getDefaultInstance();
    private List<Violation> violations = List.of();
    private @Nullable Duration retryAfter;

    private ToldError(Status status, UnaryOperator<String> words) {
        this.status = status;
        this.words = words;
    }

    /**
     * The error as the other server had it; empty where the status does not come from a Tandem.
     *
     * @param words makes its texts fit to be told to others
     */
    static Optional<ApiError> of(StatusException failure, UnaryOperator<String> words) {
        com.google.rpc.Status details = StatusProto.fromThrowable(failure);
        if (details == null) {
            return Optional.empty();
        }
        ToldError told = new ToldError(failure.getStatus(), words);
        try {
            for (Any detail : details.getDetailsList()) {
                told.read(detail);
            }
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty(); // whoever wrote that is none
        }
        return told.info.getDomain().equals(DOMAIN) && !told.info.getReason().isEmpty()
                ? Optional.of(told.error())
                : Optional.empty();
    }

    private void read(Any detail) throws InvalidProtocolBufferException {
        if (detail.is(ErrorInfo.class)) {
            info = detail.unpack(ErrorInfo.class);
        } else if (detail.is(BadRequest.class)) {
            violations =
                    detail.unpack(BadRequest.class).getFieldViolationsList().stream()
                            .map(each ->
                                    violation(
                                            each.getField(),
                                            each.getReason(),
                                            each.getDescription()))
                            .toList();
        } else if (detail.is(QuotaFailure.class)) {
            violations =
                    detail.unpack(QuotaFailure.class).getViolationsList().stream()
                            .map(each ->
                                    violation(
                                            each.getSubject(),
                                            each.getQuotaId(),
                                            each.getDescription()))
                            .toList();
        } else if (detail.is(RetryInfo.class)) {
            var delay = detail.unpack(RetryInfo.class).getRetryDelay();
            long seconds = Math.clamp(delay.getSeconds(), 0, LONGEST_RETRY_SECONDS);
            retryAfter = Duration.ofSeconds(seconds, Math.clamp(delay.getNanos(), 0, 999_999_999));
        }
    }

    private Violation violation(String field, String rule, String message) {
        return new Violation(words.apply(field), words.apply(rule), words.apply(message));
    }

    private ApiError error() {
        String reason = words.apply(info.getReason());
        String description = status.getDescription();
        String param = info.getMetadataMap().get("param");
        return new ApiError(
                code(reason),
                reason,
                words.apply(description == null ? "" : description),
                param == null ? null : words.apply(param),
                violations,
                retryAfter);
    }

    /** gRPC has fewer codes: the reason tells which of those that share one it is. */
    private Code code(String reason) {
        int grpc = status.getCode().value();
        Reason known = KNOWN.get(reason);
        return known != null && known.code().grpc() == grpc ? known.code() : Code.ofGrpc(grpc);
    }
}
