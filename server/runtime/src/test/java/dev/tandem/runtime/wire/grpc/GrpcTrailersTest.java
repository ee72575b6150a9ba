package dev.tandem.runtime.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.test.v1.EchoResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Errors and the handler's own fields, as headers and trailers carry them. */
class GrpcTrailersTest extends GrpcWireFixture {
    @Test
    void tellsNothingOfADefectButTheRequestId() throws Exception {
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            throw new IllegalStateException("secret");
                        });
        FakeStream stream = answer(probe, FakeStream.grpc(ECHO).sends(Raw.frame(HELLO)));
        assertThat(stream.trailer("grpc-status")).isEqualTo("13");
        assertThat(stream.allTrailers().toString()).doesNotContain("secret");
        ErrorInfo info = ErrorDetails.of(stream).info();
        assertThat(info.getDomain()).isEqualTo("tandem");
        assertThat(info.getMetadataOrThrow("request_id")).isEqualTo("req_1");
    }

    @Test
    void aUnaryHandlerMustSendOneMessage() throws Exception {
        Probe none = new Probe().echo((source, sink, call) -> {});
        FakeStream stream = answer(none, FakeStream.grpc(ECHO).sends(Raw.frame(HELLO)));
        assertThat(stream.events()).containsExactly("headers+end");
        assertThat(stream.trailer("grpc-status")).isEqualTo("13");
        Probe two =
                new Probe()
                        .echo((source, sink, call) -> {
                            sink.send(EchoResponse.getDefaultInstance());
                            sink.send(EchoResponse.getDefaultInstance());
                        });
        stream = answer(two, FakeStream.grpc(ECHO).sends(Raw.frame(HELLO)));
        assertThat(stream.events()).containsExactly("headers+end");
        assertThat(stream.trailer("grpc-status")).isEqualTo("13");
    }

    @Test
    void anErrorAfterMessagesIsInTheTrailers() throws Exception {
        Probe probe =
                new Probe()
                        .count((source, sink, call) -> {
                            sink.send(dev.tandem.test.v1.CountResponse.getDefaultInstance());
                            throw ApiError.of(Code.NOT_FOUND, "lost", "Lost it.").toException();
                        });
        FakeStream stream = answer(probe, FakeStream.grpc(COUNT));
        assertThat(stream.events()).containsExactly("headers", "data", "trailers");
        assertThat(stream.trailer("grpc-status")).isEqualTo("5");
    }

    @Test
    void anErrorCarriesAllItsDetails() throws Exception {
        ApiError error =
                new ApiError(
                        Code.VALIDATION_FAILED,
                        "validation_failed",
                        "größer als 100 %",
                        "text",
                        List.of(new ApiError.Violation("text", "string.max_len", "too long")),
                        Duration.ofMillis(1500));
        FakeStream stream = answer(failing(error), FakeStream.grpc(ECHO));
        assertThat(stream.trailer("grpc-status")).isEqualTo("3");
        assertThat(stream.trailer("grpc-message")).isEqualTo("gr%C3%B6%C3%9Fer als 100 %25");
        assertThat(stream.trailer("grpc-status-details-bin")).doesNotContain("=");
        ErrorDetails details = ErrorDetails.of(stream);
        assertThat(details.status().getMessage()).isEqualTo("größer als 100 %");
        assertThat(details.info().getMetadataOrThrow("param")).isEqualTo("text");
        BadRequest bad = details.unpack(BadRequest.class);
        assertThat(bad.getFieldViolations(0).getField()).isEqualTo("text");
        assertThat(bad.getFieldViolations(0).getReason()).isEqualTo("string.max_len");
        RetryInfo retry = details.unpack(RetryInfo.class);
        assertThat(retry.getRetryDelay().getSeconds()).isEqualTo(1);
        assertThat(retry.getRetryDelay().getNanos()).isEqualTo(500_000_000);
    }

    @Test
    void trailersStayWithinTheirBound() throws Exception {
        ApiError.Violation violation =
                new ApiError.Violation("f".repeat(100), "rule", "ü".repeat(200));
        ApiError error =
                new ApiError(
                        Code.VALIDATION_FAILED,
                        "validation_failed",
                        "ü".repeat(100_000),
                        null,
                        Collections.nCopies(1000, violation),
                        null);
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            call.answer().trailer("x-large", "x".repeat(5000));
                            call.answer().trailer("x-too-large", "x".repeat(5000));
                            throw error.toException();
                        });
        FakeStream stream = answer(probe, FakeStream.grpc(ECHO));
        assertThat(stream.trailer("grpc-status")).isEqualTo("3");
        assertThat(stream.trailer("grpc-message")).startsWith("%C3%BC").endsWith("%C3%BC");
        int size =
                stream.allTrailers().entrySet().stream()
                        .mapToInt(e -> e.getKey().length() + e.getValue().length() + 32)
                        .sum();
        assertThat(size).isLessThanOrEqualTo(8 << 10);
    }

    @Test
    void keepsAsManyViolationsAsFit() throws Exception {
        ApiError.Violation violation = new ApiError.Violation("field", "rule", "x".repeat(100));
        ApiError error = ApiError.violations(Collections.nCopies(1000, violation));
        FakeStream stream = answer(failing(error), FakeStream.grpc(ECHO));
        assertThat(ErrorDetails.of(stream).unpack(BadRequest.class).getFieldViolationsCount())
                .isBetween(5, 40);
    }

    @Test
    void sendsTheHandlersHeadersAndTrailers() throws Exception {
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            call.answer().header("x-model", "tiny");
                            call.answer().trailer("x-tokens", "3");
                            sink.send(EchoResponse.getDefaultInstance());
                        });
        FakeStream stream = answer(probe, FakeStream.grpc(ECHO));
        assertThat(stream.header("x-model")).isEqualTo("tiny");
        assertThat(stream.trailer("x-tokens")).isEqualTo("3");
    }

    @Test
    void whatIsTheProtocolsOwnAHandlerCannotSet() throws Exception {
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            call.answer().header("content-type", "text/html");
                            call.answer().header("x-request-id", "mine");
                            call.answer().trailer("grpc-status", "7");
                            sink.send(EchoResponse.getDefaultInstance());
                        });
        FakeStream stream = answer(probe, FakeStream.grpc(ECHO));
        assertThat(stream.header("content-type")).isEqualTo("application/grpc");
        assertThat(stream.header("x-request-id")).isEqualTo("req_1");
        assertThat(stream.trailer("grpc-status")).isEqualTo("0");
    }

    @Test
    void headersThatCannotBeSentAreADefect() throws Exception {
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            call.answer().header("x-model", "naïve");
                            sink.send(EchoResponse.getDefaultInstance());
                        });
        FakeStream stream = answer(probe, FakeStream.grpc(ECHO));
        assertThat(stream.trailer("grpc-status")).isEqualTo("13");
    }

    private static Probe failing(ApiError error) {
        return new Probe()
                .echo((source, sink, call) -> {
                    throw error.toException();
                });
    }
}
