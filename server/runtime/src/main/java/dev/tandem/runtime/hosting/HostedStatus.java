package dev.tandem.runtime.hosting;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a hosted service ended a call with, as the one form of every failure. */
final class HostedStatus {
    private static final Logger LOG = System.getLogger(HostedStatus.class.getName());

    private HostedStatus() {}

    /**
     * The error; the details that are in the trailers fill its reason, violations and retry.
     *
     * @param status any but OK
     */
    static ApiError toError(Status status, @Nullable Metadata trailers) {
        String reason = status.getCode().name().toLowerCase(Locale.ROOT);
        List<ApiError.Violation> violations = new ArrayList<>();
        Duration retryAfter = null;
        com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
        for (Any detail : details.getDetailsList()) {
            try {
                if (detail.is(ErrorInfo.class)) {
                    reason = detail.unpack(ErrorInfo.class).getReason();
                } else if (detail.is(BadRequest.class)) {
                    add(violations, detail.unpack(BadRequest.class));
                } else if (detail.is(RetryInfo.class)) {
                    retryAfter = delay(detail.unpack(RetryInfo.class));
                }
            } catch (InvalidProtocolBufferException e) {
                LOG.log(
                        Level.DEBUG,
                        "details of a hosted status cannot be read; handed on as they are",
                        e);
            }
        }
        String message = status.getDescription() == null ? "" : status.getDescription();
        Code code = Code.ofGrpc(status.getCode().value());
        String param = violations.isEmpty() ? null : violations.getFirst().field();
        return new ApiError(
                code,
                reason,
                message,
                param,
                violations,
                retryAfter,
                details.getDetailsCount() == 0 ? null : details.getDetailsList());
    }

    private static void add(List<ApiError.Violation> violations, BadRequest bad) {
        for (BadRequest.FieldViolation field : bad.getFieldViolationsList()) {
            violations.add(
                    new ApiError.Violation(
                            field.getField(), field.getReason(), field.getDescription()));
        }
    }

    private static Duration delay(RetryInfo retry) {
        return Duration.ofSeconds(
                retry.getRetryDelay().getSeconds(), retry.getRetryDelay().getNanos());
    }
}
