package dev.tandem.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import dev.tandem.client.TandemException.Details;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the status and the details with which a call ended. */
final class Failures {
    private static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);

    private Failures() {}

    /**
     * The failure.
     *
     * @param headers those of the answer, before its messages
     */
    static TandemException of(Status status, Metadata headers, Metadata trailers) {
        com.google.rpc.@Nullable Status told = StatusProto.fromStatusAndTrailers(status, trailers);
        Details details = told == null ? Details.NONE : details(told.getDetailsList());
        return new TandemException(
                status.getCode(),
                message(status),
                details.or(
                        header(REQUEST_ID, headers, trailers).orElse(""),
                        header(RETRY_AFTER, headers, trailers)
                                .filter(text -> text.matches("\\d{1,9}"))
                                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                                .orElse(null)),
                status.getCause());
    }

    private static Optional<String> header(Metadata.Key<String> key, Metadata... told) {
        return Arrays.stream(told)
                .flatMap(each -> Optional.ofNullable(each.get(key)).stream())
                .findFirst();
    }

    /** With what stands behind it: that of gRPC alone is "io exception". */
    private static String message(Status status) {
        String told =
                status.getDescription() == null ? status.getCode().name() : status.getDescription();
        Throwable cause = status.getCause();
        if (cause == null || cause.getMessage() == null || told.contains(cause.getMessage())) {
            return told;
        }
        return told + ": " + cause.getMessage();
    }

    private static Details details(List<Any> told) {
        ErrorInfo info = ErrorInfo.getDefaultInstance();
        List<Violation> violations = new ArrayList<>();
        Duration retryAfter = null;
        try {
            for (Any each : told) {
                if (each.is(ErrorInfo.class)) {
                    info = each.unpack(ErrorInfo.class);
                } else if (each.is(BadRequest.class)) {
                    violations.addAll(violations(each.unpack(BadRequest.class)));
                } else if (each.is(QuotaFailure.class)) {
                    violations.addAll(violations(each.unpack(QuotaFailure.class)));
                } else if (each.is(RetryInfo.class)) {
                    retryAfter = duration(each.unpack(RetryInfo.class).getRetryDelay());
                }
            }
        } catch (InvalidProtocolBufferException e) {
            return Details.NONE; // the status counts without them
        }
        return new Details(
                info.getReason(),
                info.getMetadataOrDefault("param", ""),
                violations,
                info.getMetadataOrDefault("request_id", ""),
                retryAfter);
    }

    private static List<Violation> violations(BadRequest request) {
        return request.getFieldViolationsList().stream()
                .map(each ->
                        new Violation(each.getField(), each.getReason(), each.getDescription()))
                .toList();
    }

    private static List<Violation> violations(QuotaFailure failure) {
        return failure.getViolationsList().stream()
                .map(each ->
                        new Violation(each.getSubject(), each.getQuotaId(), each.getDescription()))
                .toList();
    }

    private static Duration duration(com.google.protobuf.Duration delay) {
        return Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
    }
}
