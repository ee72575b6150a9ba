package dev.tandem.client;

import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.Delta;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A chat service that does what a test wants. */
final class Chats extends ChatServiceGrpc.ChatServiceImplBase {
    static final ChatRequest REQUEST = ChatRequest.newBuilder().setModel("tiny").build();

    /** Counted down when a client has left. */
    final CountDownLatch left = new CountDownLatch(1);

    /** Counted down when a call has come. */
    final CountDownLatch came = new CountDownLatch(1);

    /** How many chunks were sent. */
    final AtomicInteger sent = new AtomicInteger();

    private final Queue<StatusRuntimeException> failures = new ArrayDeque<>();
    private final Mode mode;

    /** What comes of a call that is not to fail. */
    enum Mode {
        /** The words "a", "b" and "c". */
        WORDS,
        /** One word, then nothing more. */
        QUIET,
        /** One word, then UNAVAILABLE. */
        BREAKS,
        /** Large chunks, as fast as they are taken, for ever. */
        FLOOD
    }

    Chats(Mode mode, StatusRuntimeException... failures) {
        this.mode = mode;
        this.failures.addAll(List.of(failures));
    }

    @Override
    public void complete(ChatRequest request, StreamObserver<ChatCompletion> answer) {
        came.countDown();
        StatusRuntimeException failure = failures.poll();
        if (failure != null) {
            answer.onError(failure);
            return;
        }
        if (mode == Mode.QUIET) {
            ((ServerCallStreamObserver<ChatCompletion>) answer).setOnCancelHandler(left::countDown);
            return;
        }
        answer.onNext(ChatCompletion.newBuilder().setId("chatcmpl-1").build());
        answer.onCompleted();
    }

    @Override
    public void stream(ChatRequest request, StreamObserver<ChatChunk> answer) {
        came.countDown();
        ServerCallStreamObserver<ChatChunk> call = (ServerCallStreamObserver<ChatChunk>) answer;
        call.setOnCancelHandler(left::countDown);
        StatusRuntimeException failure = failures.poll();
        if (failure != null) {
            answer.onError(failure);
            return;
        }
        switch (mode) {
            case WORDS -> {
                List.of("a", "b", "c").forEach(word -> answer.onNext(chunk(word)));
                answer.onCompleted();
            }
            case QUIET -> answer.onNext(chunk("a"));
            case BREAKS -> {
                answer.onNext(chunk("a"));
                answer.onError(Retries.overloaded());
            }
            case FLOOD -> call.setOnReadyHandler(() -> flood(call));
        }
    }

    private void flood(ServerCallStreamObserver<ChatChunk> call) {
        while (call.isReady()) {
            call.onNext(chunk("x".repeat(64 * 1024)));
            sent.incrementAndGet();
        }
    }

    private static ChatChunk chunk(String text) {
        return ChatChunk.newBuilder()
                .addChoices(ChunkChoice.newBuilder().setDelta(Delta.newBuilder().setContent(text)))
                .build();
    }
}
