package dev.tandem.runtime.wire.grpc;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer ends with: the one place where an {@link ApiError} becomes a gRPC status. All
 * trailers together stay within a bound that every client and proxy takes; details are shortened,
 * and at last left out, to stay there.
 */
final class StatusTrailers {
    /** The bound on all trailers in bytes, counted as in RFC 9113, section 6.5.2. */
    static final int BOUND = 7 << 10;

    private static final int FIELD_OVERHEAD = 32;
    private static final int LONGEST_MESSAGE = 2 << 10;
    private static final int LONGEST_DETAILS = 4 << 10;
    private static final String DOMAIN = "tandem";
    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    private final List<Answer.Field> fields = new ArrayList<>(4);
    private int left = BOUND;

    private StatusTrailers() {}

    /**
     * The trailers of a call, within the bound.
     *
     * @param error what went wrong, or null
     * @param alone whether no headers went before: they are in here then
     */
    static List<Answer.Field> of(@Nullable ApiError error, Call call, boolean alone) {
        StatusTrailers trailers = new StatusTrailers();
        trailers.add(Names.STATUS, error == null ? "0" : Integer.toString(error.code().grpc()));
        if (alone) {
            trailers.add(Names.REQUEST_ID.lowerCase(), call.requestId());
        }
        List<Answer.Field> own = call.answer().trailers();
        if (error != null) {
            trailers.explain(error, call, own);
        }
        trailers.addAll(own);
        if (alone) {
            trailers.addAll(call.answer().headers());
        }
        return trailers.fields;
    }

    private void explain(ApiError error, Call call, List<Answer.Field> own) {
        if (!error.message().isEmpty()) {
            add(Names.MESSAGE, PercentEncoding.encode(error.message(), LONGEST_MESSAGE));
        }
        if (own.stream().anyMatch(field -> field.name().equals(Names.DETAILS))) {
            return; // a hosted service brings its own
        }
        for (int violations = error.violations().size(); ; violations /= 2) {
            String details = BASE64.encodeToString(details(error, call, violations).toByteArray());
            if (details.length() <= LONGEST_DETAILS) {
                add(Names.DETAILS, details);
                return;
            }
            if (violations == 0) {
                return;
            }
        }
    }

    private static Status details(ApiError error, Call call, int violations) {
        ErrorInfo.Builder info =
                ErrorInfo.newBuilder()
                        .setReason(error.reason())
                        .setDomain(DOMAIN)
                        .putMetadata("request_id", call.requestId());
        if (error.param() != null) {
            info.putMetadata("param", error.param());
        }
        Status.Builder status =
                Status.newBuilder()
                        .setCode(error.code().grpc())
                        .setMessage(error.message())
                        .addDetails(Any.pack(info.build()));
        if (violations > 0) {
            BadRequest.Builder bad = BadRequest.newBuilder();
            error.violations()
                    .subList(0, violations)
                    .forEach(violation -> bad.addFieldViolations(field(violation)));
            status.addDetails(Any.pack(bad.build()));
        }
        if (error.retryAfter() != null) {
            status.addDetails(Any.pack(retry(error.retryAfter())));
        }
        return status.build();
    }

    private static BadRequest.FieldViolation field(Violation violation) {
        return BadRequest.FieldViolation.newBuilder()
                .setField(violation.field())
                .setReason(violation.rule())
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

    private void addAll(List<Answer.Field> more) {
        for (Answer.Field field : more) {
            if (Names.free(field.name())) {
                add(field.name(), field.value());
            }
        }
    }

    /** Adds the field where it fits; what does not is the least important still to come. */
    private void add(String name, String value) {
        int size = name.length() + value.length() + FIELD_OVERHEAD;
        if (size <= left) {
            left -= size;
            fields.add(new Answer.Field(name, value));
        }
    }
}
