package dev.tandem.runtime.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiError.Violation;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusErrorsTest {
    private static final Status TOLD =
            Status.newBuilder()
                    .setCode(Code.INVALID_ARGUMENT_VALUE)
                    .setMessage("No such year.")
                    .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("no_year").build()))
                    .addDetails(
                            Any.pack(
                                    BadRequest.newBuilder()
                                            .addFieldViolations(
                                                    FieldViolation.newBuilder()
                                                            .setField("born")
                                                            .setReason("int32.gte")
                                                            .setDescription("Is too small."))
                                            .build()))
                    .addDetails(
                            Any.pack(
                                    RetryInfo.newBuilder()
                                            .setRetryDelay(Duration.newBuilder().setSeconds(3))
                                            .build()))
                    .build();

    @Test
    void hasWhatTheOtherServerTold() {
        ApiError error = StatusErrors.of(StatusProto.toStatusException(TOLD));

        assertThat(error.code()).isEqualTo(dev.tandem.runtime.call.Code.INVALID_REQUEST);
        assertThat(error.reason()).isEqualTo("no_year");
        assertThat(error.message()).isEqualTo("No such year.");
        assertThat(error.violations())
                .containsExactly(new Violation("born", "int32.gte", "Is too small."));
        assertThat(error.retryAfter()).isEqualTo(java.time.Duration.ofSeconds(3));
        assertThat(error.details()).isEqualTo(TOLD.getDetailsList());
    }

    @Test
    void isTheSameOfEitherException() {
        assertThat(StatusErrors.of(StatusProto.toStatusRuntimeException(TOLD)))
                .isEqualTo(StatusErrors.of(StatusProto.toStatusException(TOLD)));
    }

    @Test
    void aStatusWithoutDetailsHasTheNameOfItsCodeAndNoDetails() {
        ApiError error =
                StatusErrors.of(io.grpc.Status.UNAVAILABLE.withDescription("gone").asException());

        assertThat(error.reason()).isEqualTo("unavailable");
        assertThat(error.details()).isNull();
        assertThat(error.violations()).isEqualTo(List.of());
    }

    @Test
    void aCallThatDidNotFailIsNoError() {
        assertThatThrownBy(() -> StatusErrors.of(io.grpc.Status.OK.asException()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
