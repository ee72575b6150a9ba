package dev.tandem.runtime.wire.grpc;

import com.google.protobuf.ByteString;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.runtime.call.Source;
import dev.tandem.test.v1.ChatRequest;
import dev.tandem.test.v1.ChatResponse;
import dev.tandem.test.v1.CollectRequest;
import dev.tandem.test.v1.CollectResponse;
import dev.tandem.test.v1.CountRequest;
import dev.tandem.test.v1.CountResponse;
import dev.tandem.test.v1.EchoRequest;
import dev.tandem.test.v1.EchoResponse;
import dev.tandem.test.v1.ProbeServiceGrpc;

/** The probe service with plain handlers, of which a test replaces the one that it is about. */
public final class Probe {
    private Handler<EchoRequest, EchoResponse> echo =
            (source, sink, call) -> {
                EchoRequest request = source.next();
                if (request != null && source.next() == null) {
                    sink.send(echo(request));
                }
            };
    private Handler<CountRequest, CountResponse> count = Probe::count;
    private Handler<ChatRequest, ChatResponse> chat = Probe::chat;

    /** What an echo answers. */
    public static EchoResponse echo(EchoRequest request) {
        return EchoResponse.newBuilder()
                .setText(request.getText())
                .setBlob(request.getBlob())
                .build();
    }

    /** Another handler for Echo. */
    public Probe echo(Handler<EchoRequest, EchoResponse> handler) {
        echo = handler;
        return this;
    }

    /** Another handler for Count. */
    public Probe count(Handler<CountRequest, CountResponse> handler) {
        count = handler;
        return this;
    }

    /** Another handler for Chat. */
    public Probe chat(Handler<ChatRequest, ChatResponse> handler) {
        chat = handler;
        return this;
    }

    /** The service. */
    public Service service() {
        return Service.of(ProbeServiceGrpc.getServiceDescriptor())
                .handler(ProbeServiceGrpc.getEchoMethod(), echo)
                .handler(ProbeServiceGrpc.getCountMethod(), count)
                .clientStream(ProbeServiceGrpc.getCollectMethod(), Probe::collect)
                .handler(ProbeServiceGrpc.getChatMethod(), chat)
                .build();
    }

    private static void count(Source<CountRequest> source, Sink<CountResponse> sink, Call call)
            throws InterruptedException {
        CountRequest request = source.next();
        if (request == null) {
            return;
        }
        ByteString blob = ByteString.copyFrom(new byte[request.getSize()]);
        for (int i = 0; i < request.getMessages(); i++) {
            sink.send(CountResponse.newBuilder().setNumber(i).setBlob(blob).build());
        }
    }

    private static CollectResponse collect(Source<CollectRequest> source, Call call)
            throws InterruptedException {
        CollectResponse.Builder all = CollectResponse.newBuilder();
        for (var next = source.next(); next != null; next = source.next()) {
            all.addTexts(next.getText());
        }
        return all.build();
    }

    private static void chat(Source<ChatRequest> source, Sink<ChatResponse> sink, Call call)
            throws InterruptedException {
        for (var next = source.next(); next != null; next = source.next()) {
            sink.send(ChatResponse.newBuilder().setText(next.getText()).build());
        }
    }
}
