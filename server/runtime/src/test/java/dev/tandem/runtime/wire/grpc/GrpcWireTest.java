package dev.tandem.runtime.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Policy;
import dev.tandem.test.v1.CountRequest;
import dev.tandem.test.v1.EchoRequest;
import dev.tandem.test.v1.EchoResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes in, bytes out, without a network. */
class GrpcWireTest {
    private static final String ECHO = "/tandem.test.v1.ProbeService/Echo";
    private static final String COUNT = "/tandem.test.v1.ProbeService/Count";
    private static final EchoRequest HELLO = EchoRequest.newBuilder().setText("hello").build();
    private static final int LIMIT = 64 << 10;

    private final Calls calls = new Calls(() -> "req_1");

    @AfterEach
    void close() {
        assertThat(calls.inFlight()).isZero();
        calls.close();
    }

    @Test
    void answersAUnaryCall() throws Exception {
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(Raw.frame(HELLO)));
        assertThat(stream.events()).containsExactly("headers", "data", "trailers");
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.header("content-type")).isEqualTo("application/grpc");
        assertThat(stream.header("x-request-id")).isEqualTo("req_1");
        assertThat(stream.body())
                .isEqualTo(Raw.frame(EchoResponse.newBuilder().setText("hello").build()));
        assertThat(stream.allTrailers()).containsOnlyKeys("grpc-status");
        assertThat(stream.trailer("grpc-status")).isEqualTo("0");
    }

    @Test
    void putsMessagesTogetherFromSingleBytes() throws Exception {
        FakeStream stream = FakeStream.grpc(ECHO);
        for (byte b : Raw.frame(HELLO)) {
            stream.sends(new byte[] {b});
        }
        answer(new Probe(), stream);
        assertThat(stream.trailer("grpc-status")).isEqualTo("0");
        assertThat(stream.body())
                .isEqualTo(Raw.frame(EchoResponse.newBuilder().setText("hello").build()));
    }

    @Test
    void sendsTheMessagesOfAStreamAsTheyCome() throws Exception {
        CountRequest request = CountRequest.newBuilder().setMessages(3).build();
        FakeStream stream = answer(new Probe(), FakeStream.grpc(COUNT).sends(Raw.frame(request)));
        assertThat(stream.events()).containsExactly("headers", "data", "data", "data", "trailers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/grpc-web", "application/grpc+json", "text"})
    void refusesOtherContentTypes(String type) throws Exception {
        FakeStream stream = new FakeStream("POST", ECHO).with("content-type", type);
        answer(new Probe(), stream);
        assertThat(stream.status()).isEqualTo(415);
        assertThat(stream.events()).containsExactly("headers+end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/grpc",
                "application/grpc+proto",
                "Application/gRPC",
                "application/grpc; charset=utf-8"
            })
    void takesItsContentTypes(String type) throws Exception {
        FakeStream stream = new FakeStream("POST", ECHO).with("content-type", type);
        answer(new Probe(), stream.sends(Raw.frame(HELLO)));
        assertThat(stream.trailer("grpc-status")).isEqualTo("0");
    }

    @Test
    void ownsNativeGrpcOnly() {
        assertThat(GrpcWire.owns("application/grpc")).isTrue();
        assertThat(GrpcWire.owns("application/grpc+json")).isTrue();
        assertThat(GrpcWire.owns("application/grpc;x=y")).isTrue();
        assertThat(GrpcWire.owns("application/grpc-web+proto")).isFalse();
        assertThat(GrpcWire.owns("application/json")).isFalse();
        assertThat(GrpcWire.owns(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/no.Service/Echo", "/tandem.test.v1.ProbeService/No", "/", "no/slash"})
    void tellsAnUnknownMethodByStatus12(String path) throws Exception {
        FakeStream stream = answer(new Probe(), FakeStream.grpc(path));
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.events()).containsExactly("headers+end");
        assertThat(stream.trailer("grpc-status")).isEqualTo("12");
        assertThat(stream.header("x-request-id")).isEqualTo("req_1");
    }

    @Test
    void takesPostOnly() throws Exception {
        FakeStream stream = new FakeStream("GET", ECHO).with("content-type", "application/grpc");
        assertThat(answer(new Probe(), stream).status()).isEqualTo(405);
    }

    @Test
    void refusesAMessageOverTheLimitByItsPrefix() throws Exception {
        byte[] claim = Raw.prefix(0, Integer.MAX_VALUE, new byte[0]);
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(claim));
        assertThat(stream.trailer("grpc-status")).isEqualTo("8");
        assertThat(details(stream).unpackReason()).isEqualTo("request_too_large");
    }

    @Test
    void takesTheTopBitOfALengthAsPartOfIt() throws Exception {
        byte[] claim = Raw.prefix(0, 0x80000001, new byte[] {1});
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(claim));
        assertThat(stream.trailer("grpc-status")).isEqualTo("8");
    }

    @Test
    void takesAMessageOfExactlyTheLimit() throws Exception {
        FakeStream stream = FakeStream.grpc(ECHO).sends(Raw.frame(ofSize(LIMIT)));
        assertThat(answer(new Probe(), stream).trailer("grpc-status")).isEqualTo("0");
        stream = FakeStream.grpc(ECHO).sends(Raw.frame(ofSize(LIMIT + 1)));
        assertThat(answer(new Probe(), stream).trailer("grpc-status")).isEqualTo("8");
    }

    @Test
    void refusesABodyThatEndsWithinAMessage() throws Exception {
        byte[] cut = Raw.prefix(0, 100, new byte[10]);
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(cut));
        assertThat(stream.trailer("grpc-status")).isEqualTo("13");
        assertThat(details(stream).unpackReason()).isEqualTo("truncated_message");
        stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(new byte[] {0, 0}));
        assertThat(stream.trailer("grpc-status")).isEqualTo("13");
    }

    @Test
    void refusesReservedFlagBits() throws Exception {
        byte[] odd = Raw.frame(2, HELLO.toByteArray());
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(odd));
        assertThat(stream.trailer("grpc-status")).isEqualTo("13");
        assertThat(details(stream).unpackReason()).isEqualTo("malformed_frame");
    }

    @Test
    void refusesWhatIsNoProtobuf() throws Exception {
        byte[] junk = Raw.frame(0, new byte[] {(byte) 0xFF, (byte) 0xFF, 1});
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(junk));
        assertThat(stream.trailer("grpc-status")).isEqualTo("3");
        assertThat(details(stream).unpackReason()).isEqualTo("malformed_message");
    }

    @Test
    void readsGzip() throws Exception {
        byte[] packed = Raw.frame(1, Raw.gzip(HELLO.toByteArray()));
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-encoding", "gzip").sends(packed);
        assertThat(answer(new Probe(), stream).trailer("grpc-status")).isEqualTo("0");
        assertThat(stream.body())
                .isEqualTo(Raw.frame(EchoResponse.newBuilder().setText("hello").build()));
    }

    @Test
    void stopsUnpackingAtTheLimit() throws Exception {
        byte[] bomb = Raw.gzip(new byte[32 << 20]);
        assertThat(bomb.length).isLessThan(LIMIT);
        FakeStream stream =
                FakeStream.grpc(ECHO).with("grpc-encoding", "gzip").sends(Raw.frame(1, bomb));
        assertThat(answer(new Probe(), stream).trailer("grpc-status")).isEqualTo("8");
    }

    @Test
    void unpacksAMessageOfExactlyTheLimit() throws Exception {
        byte[] packed = Raw.frame(1, Raw.gzip(ofSize(LIMIT).toByteArray()));
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-encoding", "gzip").sends(packed);
        assertThat(answer(new Probe(), stream).trailer("grpc-status")).isEqualTo("0");
    }

    @Test
    void refusesGzipThatIsNone() throws Exception {
        byte[] junk = Raw.frame(1, HELLO.toByteArray());
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-encoding", "gzip").sends(junk);
        assertThat(answer(new Probe(), stream).trailer("grpc-status")).isEqualTo("13");
    }

    @Test
    void refusesACompressedMessageWithoutAnEncoding() throws Exception {
        byte[] packed = Raw.frame(1, Raw.gzip(HELLO.toByteArray()));
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(packed));
        assertThat(stream.trailer("grpc-status")).isEqualTo("13");
        assertThat(details(stream).unpackReason()).isEqualTo("missing_encoding");
    }

    @Test
    void refusesAnUnknownEncodingAndNamesThoseItKnows() throws Exception {
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-encoding", "snappy");
        answer(new Probe(), stream.sends(Raw.frame(HELLO)));
        assertThat(stream.trailer("grpc-status")).isEqualTo("12");
        assertThat(stream.trailer("grpc-accept-encoding")).isEqualTo("identity,gzip");
    }

    @Test
    void compressesLargeMessagesForThoseWhoAcceptIt() throws Exception {
        EchoRequest large = ofSize(10_000);
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-accept-encoding", "identity, gzip");
        answer(new Probe(), stream.sends(Raw.frame(large)));
        assertThat(stream.header("grpc-encoding")).isEqualTo("gzip");
        byte[] body = stream.body();
        assertThat(body[0]).isEqualTo((byte) 1);
        byte[] plain = Gzip.unpack(body, 5, body.length - 5, LIMIT);
        assertThat(plain).isEqualTo(Probe.echo(large).toByteArray());
    }

    @Test
    void leavesSmallMessagesAndOtherClientsUncompressed() throws Exception {
        FakeStream small = FakeStream.grpc(ECHO).with("grpc-accept-encoding", "gzip");
        answer(new Probe(), small.sends(Raw.frame(HELLO)));
        assertThat(small.header("grpc-encoding")).isNull();
        assertThat(small.body()[0]).isZero();
        FakeStream other = FakeStream.grpc(ECHO).with("grpc-accept-encoding", "identity");
        answer(new Probe(), other.sends(Raw.frame(ofSize(10_000))));
        assertThat(other.header("grpc-encoding")).isNull();
        assertThat(other.body()[0]).isZero();
    }

    @Test
    void readsTheTimeout() throws Exception {
        AtomicReference<Duration> left = new AtomicReference<>();
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            left.set(call.remaining().orElseThrow());
                            sink.send(EchoResponse.getDefaultInstance());
                        });
        answer(probe, FakeStream.grpc(ECHO).with("grpc-timeout", "10M"));
        assertThat(left.get()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @Test
    void refusesAMalformedTimeout() throws Exception {
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-timeout", "10x");
        answer(new Probe(), stream.sends(Raw.frame(HELLO)));
        assertThat(stream.trailer("grpc-status")).isEqualTo("3");
    }

    @Test
    void endsAHandlerThatWaitsAtItsDeadline() throws Exception {
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-timeout", "20m");
        handle(new Probe(), stream, List.of()); // the request never ends
        assertThat(stream.trailer("grpc-status")).isEqualTo("4");
        assertThat(stream.events()).containsExactly("headers+end");
    }

    @Test
    void endsAHandlerWhoseClientDoesNotReadAtItsDeadline() throws Exception {
        CountRequest request = CountRequest.newBuilder().setMessages(3).build();
        FakeStream stream = FakeStream.grpc(COUNT).unread(this::passDeadline);
        answer(new Probe(), stream.sends(Raw.frame(request)));
        assertThat(stream.events()).containsExactly("headers", "trailers");
        assertThat(stream.trailer("grpc-status")).isEqualTo("4");
    }

    @Test
    void endsAUnaryCallWhoseClientDoesNotReadAtItsDeadline() throws Exception {
        FakeStream stream = FakeStream.grpc(ECHO).unread(this::passDeadline);
        answer(new Probe(), stream.sends(Raw.frame(HELLO)));
        assertThat(stream.events()).containsExactly("headers", "trailers");
        assertThat(stream.trailer("grpc-status")).isEqualTo("4");
    }

    @Test
    void aPassedDeadlineNeverReachesTheHandler() throws Exception {
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            throw new AssertionError("was called");
                        });
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-timeout", "0n");
        assertThat(answer(probe, stream).trailer("grpc-status")).isEqualTo("4");
    }

    @Test
    void tellsAHandlerThatItsClientLeft() throws Exception {
        AtomicReference<@Nullable CancelCause> cause = new AtomicReference<>();
        FakeStream stream = FakeStream.grpc(ECHO);
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            call.onCancel(() -> cause.set(call.cancelled()));
                            Thread.startVirtualThread(stream::leave);
                            source.next();
                        });
        handle(probe, stream, List.of());
        assertThat(cause.get()).isEqualTo(CancelCause.CLIENT_LEFT);
        assertThat(stream.events()).isEmpty();
    }

    @Test
    void shutdownIsUnavailable() throws Exception {
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            calls.cancelAll(CancelCause.SHUTDOWN);
                            source.next();
                        });
        FakeStream stream = FakeStream.grpc(ECHO);
        handle(probe, stream, List.of());
        assertThat(stream.trailer("grpc-status")).isEqualTo("14");
    }

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
        ErrorInfo info = details(stream).info();
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
        Details details = details(stream);
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
        assertThat(details(stream).unpack(BadRequest.class).getFieldViolationsCount())
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

    @Test
    void aPolicyRefusesBeforeTheBodyIsRead() throws Exception {
        Policy closed =
                new Policy() {
                    @Override
                    public void admit(Call call) {
                        throw ApiError.of(Code.UNAUTHENTICATED, "invalid_api_key", "No key.")
                                .toException();
                    }
                };
        FakeStream stream = FakeStream.grpc(ECHO); // no body at all
        handle(new Probe(), stream, List.of(closed));
        assertThat(stream.trailer("grpc-status")).isEqualTo("16");
        FakeStream unknown = FakeStream.grpc("/no.Service/No");
        handle(new Probe(), unknown, List.of(closed));
        assertThat(unknown.trailer("grpc-status")).isEqualTo("16");
    }

    private void passDeadline() {
        calls.cancelAll(CancelCause.DEADLINE);
    }

    private static Probe failing(ApiError error) {
        return new Probe()
                .echo((source, sink, call) -> {
                    throw error.toException();
                });
    }

    private static EchoRequest ofSize(int bytes) {
        EchoRequest almost =
                EchoRequest.newBuilder().setBlob(ByteString.copyFrom(new byte[bytes - 8])).build();
        int missing = bytes - almost.getSerializedSize();
        return almost.toBuilder()
                .setBlob(ByteString.copyFrom(new byte[bytes - 8 + missing]))
                .build();
    }

    private FakeStream answer(Probe probe, FakeStream stream) throws InterruptedException {
        handle(probe, stream.ends(), List.of());
        return stream;
    }

    private void handle(Probe probe, FakeStream stream, List<Policy> policies)
            throws InterruptedException {
        new GrpcWire(
                        List.of(probe.service()),
                        new Pipeline(policies),
                        calls,
                        new GrpcSettings(LIMIT, 1024))
                .handle(stream);
    }

    private static Details details(FakeStream stream) throws InvalidProtocolBufferException {
        String encoded = Objects.requireNonNull(stream.trailer("grpc-status-details-bin"));
        return new Details(Status.parseFrom(Base64.getDecoder().decode(encoded)));
    }

    private record Details(Status status) {
        <T extends com.google.protobuf.Message> T unpack(Class<T> type)
                throws InvalidProtocolBufferException {
            for (Any any : status.getDetailsList()) {
                if (any.is(type)) {
                    return any.unpack(type);
                }
            }
            throw new AssertionError("no " + type + " in " + status);
        }

        ErrorInfo info() throws InvalidProtocolBufferException {
            return unpack(ErrorInfo.class);
        }

        String unpackReason() throws InvalidProtocolBufferException {
            return info().getReason();
        }
    }
}
