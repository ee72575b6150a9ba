package dev.tandem.client;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;

/** Failures as the server tells them. */
final class Retries {
    static final RetryPolicy QUICK =
            RetryPolicy.standard()
                    .withWaits(Duration.ofMillis(1), Duration.ofMillis(500))
                    .withPatience(Duration.ofMillis(500));

    private Retries() {}

    /** UNAVAILABLE, {@code overloaded}. */
    static StatusRuntimeException overloaded() {
        return failure(Status.Code.UNAVAILABLE, info("overloaded", ""));
    }

    static StatusRuntimeException limited(Duration retryAfter) {
        RetryInfo when =
                RetryInfo.newBuilder()
                        .setRetryDelay(
                                com.google.protobuf.Duration.newBuilder()
                                        .setSeconds(retryAfter.getSeconds())
                                        .setNanos(retryAfter.getNano()))
                        .build();
        return failure(
                Status.Code.RESOURCE_EXHAUSTED, info("rate_limit_exceeded", ""), Any.pack(when));
    }

    static StatusRuntimeException neverAllowed() {
        QuotaFailure limits =
                QuotaFailure.newBuilder()
                        .addViolations(
                                QuotaFailure.Violation.newBuilder()
                                        .setSubject("caller")
                                        .setQuotaId("tokens_per_minute")
                                        .setDescription("More than the limit."))
                        .build();
        return failure(
                Status.Code.RESOURCE_EXHAUSTED, info("rate_limit_exceeded", ""), Any.pack(limits));
    }

    static StatusRuntimeException invalid() {
        BadRequest violations =
                BadRequest.newBuilder()
                        .addFieldViolations(
                                BadRequest.FieldViolation.newBuilder()
                                        .setField("temperature")
                                        .setReason("double.gte_lte")
                                        .setDescription("Must be from 0 to 2."))
                        .build();
        return failure(
                Status.Code.INVALID_ARGUMENT,
                info("validation_failed", "temperature"),
                Any.pack(violations));
    }

    private static Any info(String reason, String param) {
        ErrorInfo.Builder info =
                ErrorInfo.newBuilder()
                        .setDomain("tandem")
                        .setReason(reason)
                        .putMetadata("request_id", "req_1");
        if (!param.isEmpty()) {
            info.putMetadata("param", param);
        }
        return Any.pack(info.build());
    }

    private static StatusRuntimeException failure(Status.Code code, Any... details) {
        return StatusProto.toStatusRuntimeException(
                com.google.rpc.Status.newBuilder()
                        .setCode(code.value())
                        .setMessage("because")
                        .addAllDetails(List.of(details))
                        .build());
    }
}
