package dev.tandem.runtime.hosting;

import static dev.tandem.runtime.hosting.Echo.HELLO;
import static dev.tandem.runtime.hosting.Echo.echo;
import static dev.tandem.runtime.hosting.Echo.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import dev.tandem.test.v1.CollectRequest;
import dev.tandem.test.v1.CollectResponse;
import dev.tandem.test.v1.EchoRequest;
import dev.tandem.test.v1.EchoResponse;
import dev.tandem.test.v1.ProbeServiceGrpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The protocol of grpc-java's server calls, without a network: one request, one answer. */
@Timeout(30)
class BindableServicesTest {
    @Test
    void aUnaryServiceAnswers() throws Exception {
        try (var call = echo((request, observer, _) -> reply(observer, request.getText()))) {
            call.sends(HELLO).ends().start();
            assertThat(call.end()).isEmpty();
            assertThat(call.next().getText()).isEqualTo("hello");
        }
    }

    @Test
    void aServiceMayCompleteLaterOnAThreadOfItsOwn() throws Exception {
        BlockingQueue<StreamObserver<EchoResponse>> waiting = new LinkedBlockingQueue<>();
        try (var call = echo((request, observer, _) -> waiting.add(observer))) {
            call.sends(HELLO).ends().start();
            StreamObserver<EchoResponse> observer = waiting.take();
            assertThat(call.running()).isTrue();
            reply(observer, "later");
            assertThat(call.end()).isEmpty();
            assertThat(call.next().getText()).isEqualTo("later");
        }
    }

    @Test
    void aStatusBecomesAnErrorWithItsDetails() throws Exception {
        var details =
                com.google.rpc.Status.newBuilder()
                        .setCode(Status.Code.FAILED_PRECONDITION.value())
                        .setMessage("not yet")
                        .addDetails(
                                com.google.protobuf.Any.newBuilder()
                                        .setTypeUrl("example.com/no.such.Type")
                                        .setValue(ByteString.copyFromUtf8("?")))
                        .addDetails(
                                com.google.protobuf.Any.pack(
                                        ErrorInfo.newBuilder().setReason("not_yet").build()))
                        .addDetails(
                                com.google.protobuf.Any.pack(
                                        BadRequest.newBuilder()
                                                .addFieldViolations(
                                                        BadRequest.FieldViolation.newBuilder()
                                                                .setField("text")
                                                                .setDescription("too early"))
                                                .build()))
                        .build();
        Echo fails =
                (request, observer, _) ->
                        observer.onError(StatusProto.toStatusRuntimeException(details));
        try (var call = echo(fails)) {
            call.sends(HELLO).ends().start();
            ApiError error = call.end().orElseThrow();
            assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
            assertThat(error.code().grpc()).isEqualTo(9);
            assertThat(error.reason()).isEqualTo("not_yet");
            assertThat(error.message()).isEqualTo("not yet");
            assertThat(error.violations().getFirst().field()).isEqualTo("text");
            assertThat(error.details()).isEqualTo(details.getDetailsList());
        }
    }

    @Test
    void aThrownStatusIsAnAnswerAndAnyOtherExceptionADefect() throws Exception {
        Echo status =
                (request, observer, _) -> {
                    throw Status.NOT_FOUND.withDescription("no such thing").asRuntimeException();
                };
        try (var call = echo(status)) {
            call.sends(HELLO).ends().start();
            assertThat(call.end().orElseThrow())
                    .isEqualTo(ApiError.of(Code.NOT_FOUND, "not_found", "no such thing"));
        }
        Echo defect =
                (request, observer, _) -> {
                    throw new IllegalStateException("secret");
                };
        try (var call = echo(defect)) {
            call.sends(HELLO).ends().start();
            assertThat(call.end().orElseThrow()).isEqualTo(ApiError.internal());
        }
    }

    @Test
    void twoAnswersOfAUnaryMethodAreADefect() throws Exception {
        Echo twice =
                (request, observer, _) -> {
                    observer.onNext(EchoResponse.getDefaultInstance());
                    observer.onNext(EchoResponse.getDefaultInstance());
                };
        try (var call = echo(twice)) {
            call.sends(HELLO).ends().start();
            assertThat(call.end().orElseThrow()).isEqualTo(ApiError.internal());
            assertThat(call.answered()).isZero();
        }
    }

    @Test
    void theListenerIsCalledInOrder() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        ServerInterceptor records = new Recorder(events);
        Echo plain = (request, observer, _) -> reply(observer, "");
        ServerServiceDefinition service =
                ServerInterceptors.intercept(plain.bindService(), records);
        try (LocalCall<EchoRequest, EchoResponse> call =
                new LocalCall<>(new BindableServices().host(service), "Echo", Map.of())) {
            call.sends(HELLO).ends().start();
            assertThat(call.end()).isEmpty();
            assertThat(events).containsExactly("ready", "message", "half-close", "complete");
        }
    }

    @Test
    void aMethodThatAServiceDoesNotHaveIsUnimplemented() throws Exception {
        var service = new BindableServices().host(new ProbeServiceGrpc.ProbeServiceImplBase() {});
        try (LocalCall<CollectRequest, CollectResponse> call =
                new LocalCall<>(service, "Collect", Map.of())) {
            call.ends().start();
            assertThat(call.end().orElseThrow().code()).isEqualTo(Code.UNIMPLEMENTED);
        }
    }

    private record Recorder(BlockingQueue<String> events) implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            return new io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener<>(
                    next.startCall(call, headers)) {
                @Override
                public void onMessage(A message) {
                    events.add("message");
                    super.onMessage(message);
                }

                @Override
                public void onHalfClose() {
                    events.add("half-close");
                    super.onHalfClose();
                }

                @Override
                public void onReady() {
                    events.add("ready");
                    super.onReady();
                }

                @Override
                public void onComplete() {
                    events.add("complete");
                    super.onComplete();
                }

                @Override
                public void onCancel() {
                    events.add("cancel");
                    super.onCancel();
                }
            };
        }
    }
}
