package dev.tandem.runtime.wire.envelope;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an error says to programs, as {@code google.rpc} has it: the same on every wire.
 *
 * @param made whether an error that brings none along has any
 */
public record ErrorDetails(boolean made) {
    private static final String DOMAIN = "tandem";

    /** All details of an error. */
    public List<Any> of(ApiError error, Call call) {
        return of(error, call, error.violations().size());
    }

    /**
     * The details of an error; those that it brings along stand for all.
     *
     * @param violations how many of its violations are told
     */
    public List<Any> of(ApiError error, Call call, int violations) {
        if (error.details() != null) {
            return error.details();
        }
        if (!made) {
            return List.of();
        }
        List<Any> details = new ArrayList<>(3);
        details.add(Any.pack(info(error, call)));
        if (violations > 0 && error.code() == Code.RATE_LIMITED) {
            QuotaFailure.Builder failure = QuotaFailure.newBuilder();
            error.violations()
                    .subList(0, violations)
                    .forEach(violation -> failure.addViolations(limit(violation)));
            details.add(Any.pack(failure.build()));
        } else if (violations > 0) {
            BadRequest.Builder bad = BadRequest.newBuilder();
            error.violations()
                    .subList(0, violations)
                    .forEach(violation -> bad.addFieldViolations(field(violation)));
            details.add(Any.pack(bad.build()));
        }
        if (error.retryAfter() != null) {
            details.add(Any.pack(retry(error.retryAfter())));
        }
        return details;
    }

    private static ErrorInfo info(ApiError error, Call call) {
        ErrorInfo.Builder info =
                ErrorInfo.newBuilder()
                        .setReason(error.reason())
                        .setDomain(DOMAIN)
                        .putMetadata("request_id", call.requestId());
        if (error.param() != null) {
            info.putMetadata("param", error.param());
        }
        return info.build();
    }

    private static BadRequest.FieldViolation field(Violation violation) {
        return BadRequest.FieldViolation.newBuilder()
                .setField(violation.field())
                .setReason(violation.rule())
                .setDescription(violation.message())
                .build();
    }

    private static QuotaFailure.Violation limit(Violation violation) {
        return QuotaFailure.Violation.newBuilder()
                .setSubject(violation.field())
                .setQuotaId(violation.rule())
                .setDescription(violation.message())
                .build();
    }

    private static RetryInfo retry(Duration after) {
        return RetryInfo.newBuilder()
                .setRetryDelay(
                        com.google.protobuf.Duration.newBuilder()
                                .setSeconds(after.getSeconds())
                                .setNanos(after.getNano()))
                .build();
    }
}
