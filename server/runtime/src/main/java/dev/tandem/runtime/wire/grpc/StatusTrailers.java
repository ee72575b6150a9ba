package dev.tandem.runtime.wire.grpc;

import com.google.protobuf.Any;
import com.google.rpc.Status;
import dev.tandem.runtime.call.Answer;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.wire.envelope.EncodingHeaders;
import dev.tandem.runtime.wire.envelope.ErrorDetails;
import dev.tandem.runtime.wire.envelope.Fields;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer ends with: the one place where an {@link ApiError} becomes a gRPC status. All
 * trailers together stay within a bound that every client and proxy takes; details are shortened,
 * and at last left out, to stay there.
 */
public final class StatusTrailers {
    /** The headers that gRPC and gRPC-Web have for encodings. */
    public static final EncodingHeaders ENCODINGS =
            EncodingHeaders.of("grpc-encoding", "grpc-accept-encoding");

    private static final String STATUS = "grpc-status";
    private static final String MESSAGE = "grpc-message";
    private static final String DETAILS = "grpc-status-details-bin";

    /** The bound on all trailers in bytes, counted as in RFC 9113, section 6.5.2. */
    static final int BOUND = 7 << 10;

    private static final int FIELD_OVERHEAD = 32;
    private static final int LONGEST_MESSAGE = 2 << 10;
    private static final int LONGEST_DETAILS = 4 << 10;
    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    private final List<Answer.Field> fields = new ArrayList<>(4);
    private int left = BOUND;

    private final ErrorDetails details;

    private StatusTrailers(ErrorDetails details) {
        this.details = details;
    }

    /**
     * The trailers of a call, within the bound.
     *
     * @param error what went wrong, or null
     * @param alone whether no headers went before: the call's id is in here then
     * @param details what errors say to programs
     */
    public static List<Answer.Field> of(
            @Nullable ApiError error, Call call, boolean alone, ErrorDetails details) {
        StatusTrailers trailers = new StatusTrailers(details);
        trailers.add(STATUS, error == null ? "0" : Integer.toString(error.code().grpc()));
        if (alone) {
            trailers.add(Fields.REQUEST_ID.lowerCase(), call.requestId());
        }
        if (error != null) {
            trailers.explain(error, call);
        }
        trailers.addAll(call.answer().trailers());
        return trailers.fields;
    }

    private void explain(ApiError error, Call call) {
        if (!error.message().isEmpty()) {
            add(MESSAGE, PercentEncoding.encode(error.message(), LONGEST_MESSAGE));
        }
        if (error.details() != null) {
            add(DETAILS, details(error, call, 0)); // unchanged or not at all
            return;
        }
        for (int violations = error.violations().size(); ; violations /= 2) {
            String encoded = details(error, call, violations);
            if (encoded.length() <= LONGEST_DETAILS) {
                add(DETAILS, encoded);
                return;
            }
            if (violations == 0) {
                return;
            }
        }
    }

    /** In base64; empty where there are none. */
    private String details(ApiError error, Call call, int violations) {
        List<Any> told = details.of(error, call, violations);
        return told.isEmpty()
                ? ""
                : BASE64.encodeToString(
                        Status.newBuilder()
                                .setCode(error.code().grpc())
                                .setMessage(error.message())
                                .addAllDetails(told)
                                .build()
                                .toByteArray());
    }

    private void addAll(List<Answer.Field> more) {
        for (Answer.Field field : more) {
            if (Fields.free(field.name())) {
                add(field.name(), field.value());
            }
        }
    }

    /** Adds the field where it fits; what does not is the least important still to come. */
    private void add(String name, String value) {
        if (value.isEmpty() && name.equals(DETAILS)) {
            return;
        }
        int size = name.length() + value.length() + FIELD_OVERHEAD;
        if (size <= left) {
            left -= size;
            fields.add(new Answer.Field(name, value));
        }
    }
}
