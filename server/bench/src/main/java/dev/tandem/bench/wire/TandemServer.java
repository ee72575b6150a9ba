package dev.tandem.bench.wire;

import dev.tandem.bench.v1.BenchServiceGrpc;
import dev.tandem.bench.v1.EchoRequest;
import dev.tandem.bench.v1.EchoResponse;
import dev.tandem.bench.v1.StreamRequest;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.ChatChunk;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** The runtime as the gateway starts it, with a handler that needs no model. */
final class TandemServer {
    private final Metronome metronome = new Metronome();

    /** Starts it; on a free port. */
    Server start() {
        Service service =
                Service.of(BenchServiceGrpc.getServiceDescriptor())
                        .unary(BenchServiceGrpc.getEchoMethod(), TandemServer::echo)
                        .stream(BenchServiceGrpc.getStreamMethod(), this::stream)
                        .build();
        return Server.builder().service(service).start();
    }

    private static EchoResponse echo(EchoRequest request, Call call) {
        return EchoResponse.newBuilder().setText(request.getText()).build();
    }

    private void stream(StreamRequest request, Sink<ChatChunk> sink, Call call)
            throws InterruptedException {
        Tokens tokens = new Tokens();
        if (request.getEveryMs() == 0) {
            for (int i = 0; i < request.getTokens(); i++) {
                sink.send(tokens.next(0));
            }
            return;
        }
        BlockingQueue<Long> due = new ArrayBlockingQueue<>(request.getTokens());
        metronome.start(
                request.getEveryMs(),
                request.getTokens(),
                at -> call.cancelled() == null && due.offer(at));
        for (int i = 0; i < request.getTokens(); i++) {
            sink.send(tokens.next(due.take()));
        }
    }
}
