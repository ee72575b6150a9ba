package dev.tandem.runtime.hosting;

import dev.tandem.test.v1.EchoRequest;
import dev.tandem.test.v1.EchoResponse;
import dev.tandem.test.v1.ProbeServiceGrpc;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;

/** A service whose only method is the lambda, and calls of it without a network. */
interface Echo extends io.grpc.BindableService {
    EchoRequest HELLO = EchoRequest.newBuilder().setText("hello").build();

    void answer(
            EchoRequest request,
            StreamObserver<EchoResponse> observer,
            ServerCallStreamObserver<EchoResponse> server);

    @Override
    default ServerServiceDefinition bindService() {
        return new ProbeServiceGrpc.ProbeServiceImplBase() {
            @Override
            public void echo(EchoRequest request, StreamObserver<EchoResponse> observer) {
                answer(request, observer, (ServerCallStreamObserver<EchoResponse>) observer);
            }
        }.bindService();
    }

    static LocalCall<EchoRequest, EchoResponse> echo(Echo echo) {
        return echo(echo, Map.of());
    }

    static LocalCall<EchoRequest, EchoResponse> echo(Echo echo, Map<String, List<String>> headers) {
        return new LocalCall<>(new BindableServices().host(echo), "Echo", headers);
    }

    static void reply(StreamObserver<EchoResponse> observer, String text) {
        observer.onNext(EchoResponse.newBuilder().setText(text).build());
        observer.onCompleted();
    }
}
