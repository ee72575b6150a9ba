package dev.tandem.bench.wire;

import dev.tandem.bench.v1.BenchServiceGrpc;
import dev.tandem.bench.v1.EchoRequest;
import dev.tandem.bench.v1.EchoResponse;
import dev.tandem.bench.v1.StreamRequest;
import dev.tandem.v1.ChatChunk;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;

/** grpc-java on Netty with its own defaults, epoll where there is one. */
final class NettyGrpcServer extends BenchServiceGrpc.BenchServiceImplBase {
    private final Metronome metronome = new Metronome();

    /** Starts it; on a free port. */
    Server start() throws IOException {
        return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(this)
                .build()
                .start();
    }

    @Override
    public void echo(EchoRequest request, StreamObserver<EchoResponse> answer) {
        answer.onNext(EchoResponse.newBuilder().setText(request.getText()).build());
        answer.onCompleted();
    }

    @Override
    public void stream(StreamRequest request, StreamObserver<ChatChunk> answer) {
        Stream stream =
                new Stream(request.getTokens(), (ServerCallStreamObserver<ChatChunk>) answer);
        if (request.getEveryMs() == 0) {
            stream.answer.setOnReadyHandler(stream::sendWhileReady);
        } else {
            stream.answer.setOnCancelHandler(() -> {}); // so that sending later does not throw
            metronome.start(request.getEveryMs(), request.getTokens(), stream::token);
        }
    }

    /** One stream; on one thread at a time. */
    private static final class Stream {
        private final ServerCallStreamObserver<ChatChunk> answer;
        private final Tokens tokens = new Tokens();
        private int left;

        Stream(int count, ServerCallStreamObserver<ChatChunk> answer) {
            this.left = count;
            this.answer = answer;
        }

        void sendWhileReady() {
            while (left > 0 && answer.isReady()) {
                send(0);
            }
        }

        boolean token(long due) {
            if (answer.isCancelled()) {
                return false;
            }
            send(due);
            return true;
        }

        private void send(long due) {
            answer.onNext(tokens.next(due));
            if (--left == 0) {
                answer.onCompleted();
            }
        }
    }
}
