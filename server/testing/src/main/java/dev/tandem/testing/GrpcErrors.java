package dev.tandem.testing;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import dev.tandem.runtime.call.ApiError.Violation;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a gRPC status with its {@code google.rpc} details. */
final class GrpcErrors {
    private GrpcErrors() {}

    /** The failure, or null where the status is OK. */
    static @Nullable Failure parse(Status status, Metadata trailers) {
        if (status.isOk()) {
            return null;
        }
        String message = status.getDescription();
        return of(message == null ? "" : message, details(status, trailers));
    }

    private static com.google.rpc.Status details(Status status, Metadata trailers) {
        return StatusProto.fromStatusAndTrailers(status, trailers);
    }

    /** The failure that a message and the details of a status tell. */
    static Failure of(String message, com.google.rpc.Status status) {
        ErrorInfo info = ErrorInfo.getDefaultInstance();
        List<Violation> violations = List.of();
        Duration retry = null;
        try {
            for (Any detail : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    info = detail.unpack(ErrorInfo.class);
                } else if (detail.is(BadRequest.class)) {
                    violations = fields(detail.unpack(BadRequest.class));
                } else if (detail.is(QuotaFailure.class)) {
                    violations = limits(detail.unpack(QuotaFailure.class));
                } else if (detail.is(RetryInfo.class)) {
                    var delay = detail.unpack(RetryInfo.class).getRetryDelay();
                    retry = Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the details of the status are broken", e);
        }
        Map<String, String> more = info.getMetadataMap();
        return new Failure(
                info.getReason(),
                message,
                more.get("param"),
                violations,
                more.getOrDefault("request_id", ""),
                retry);
    }

    private static List<Violation> fields(BadRequest bad) {
        return bad.getFieldViolationsList().stream()
                .map(each ->
                        new Violation(each.getField(), each.getReason(), each.getDescription()))
                .toList();
    }

    private static List<Violation> limits(QuotaFailure failure) {
        return failure.getViolationsList().stream()
                .map(each ->
                        new Violation(each.getSubject(), each.getQuotaId(), each.getDescription()))
                .toList();
    }
}
