package dev.tandem.runtime;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.runtime.call.Source;
import dev.tandem.test.v1.GatherResponse;
import dev.tandem.test.v1.TalkRequest;
import dev.tandem.test.v1.TalkResponse;
import dev.tandem.test.v1.TalkServiceGrpc;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Answers as the messages' scripts say, and remembers how its calls ended. */
final class Talk {
    /** A text of 10,000 characters. */
    static final String LARGE = "x".repeat(10_000);

    /** Why calls were cancelled, in order. */
    final BlockingQueue<CancelCause> cancelled = new LinkedBlockingQueue<>();

    /** Each call that has begun to wait, or to flood. */
    final BlockingQueue<Call> waiting = new LinkedBlockingQueue<>();

    /** Messages that came. */
    final AtomicLong taken = new AtomicLong();

    /** Messages that a flood has sent. */
    final AtomicLong flooded = new AtomicLong();

    /** Lets calls that wait for it go on. */
    final CountDownLatch goOn = new CountDownLatch(1);

    Service service() {
        return Service.of(TalkServiceGrpc.getServiceDescriptor())
                .handler(TalkServiceGrpc.getTalkMethod(), this::talk)
                .clientStream(TalkServiceGrpc.getGatherMethod(), this::gather)
                .unary(TalkServiceGrpc.getPeekMethod(), (request, call) -> answer(request, 0))
                .build();
    }

    private void talk(Source<TalkRequest> source, Sink<TalkResponse> sink, Call call)
            throws InterruptedException {
        try {
            long count = 0;
            for (TalkRequest each = source.next(); each != null; each = source.next()) {
                taken.incrementAndGet();
                play(each, sink, call);
                sink.send(answer(each, ++count));
            }
            sink.send(TalkResponse.newBuilder().setText("bye").setCount(count + 1).build());
        } finally {
            CancelCause cause = call.cancelled();
            if (cause != null) {
                cancelled.add(cause);
            }
        }
    }

    private static TalkResponse answer(TalkRequest request, long count) {
        return TalkResponse.newBuilder()
                .setRoom(request.getRoom())
                .setText(request.getText())
                .setTone(request.getTone())
                .setCount(count)
                .build();
    }

    private GatherResponse gather(Source<TalkRequest> source, Call call)
            throws InterruptedException {
        GatherResponse.Builder all = GatherResponse.newBuilder();
        for (TalkRequest each = source.next(); each != null; each = source.next()) {
            taken.incrementAndGet();
            play(each, message -> {}, call);
            all.addTexts(each.getText()).addAllTexts(each.getTagsList());
        }
        return all.build();
    }

    private void play(TalkRequest request, Sink<TalkResponse> sink, Call call)
            throws InterruptedException {
        switch (request.getScript()) {
            case "refuse" ->
                    throw ApiError.ofParam(
                                    Code.NOT_FOUND, "room_not_found", "room", "No room \u2603.")
                            .toException();
            case "limited" ->
                    throw ApiError.of(Code.RATE_LIMITED, "rate_limit_exceeded", "Too many.")
                            .retryAfter(Duration.ofMillis(1500))
                            .toException();
            case "long" ->
                    throw ApiError.of(Code.ABORTED, "long", "\u2603".repeat(100)).toException();
            case "crash" -> throw new IllegalStateException("a secret of ours");
            case "wait" -> {
                waiting.add(call);
                new CountDownLatch(1).await();
            }
            case "pause" -> {
                waiting.add(call);
                goOn.await();
            }
            case "deaf" -> {
                waiting.add(call);
                deaf();
            }
            case "flood" -> flood(sink, call);
            default -> {}
        }
    }

    private void deaf() {
        boolean interrupted = false;
        while (true) {
            try {
                goOn.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void flood(Sink<TalkResponse> sink, Call call) {
        waiting.add(call);
        TalkResponse message = TalkResponse.newBuilder().setText(LARGE).build();
        while (true) {
            sink.send(message);
            flooded.incrementAndGet();
        }
    }
}
