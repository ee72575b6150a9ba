package dev.tandem.runtime;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.test.v1.EchoServiceGrpc;
import dev.tandem.test.v1.FindRequest;
import dev.tandem.test.v1.FindResponse;
import dev.tandem.test.v1.PutRequest;
import dev.tandem.test.v1.PutResponse;
import dev.tandem.test.v1.SayChunk;
import dev.tandem.test.v1.SayRequest;
import dev.tandem.test.v1.SayResponse;
import dev.tandem.test.v1.WatchRequest;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Answers as the request's script says, and remembers how its calls ended. */
final class Echo {
    /** A text of 10,000 characters. */
    static final String LARGE = "x".repeat(10_000);

    /** Why calls ended that waited, in order. */
    final BlockingQueue<CancelCause> ended = new LinkedBlockingQueue<>();

    /** A permit for each call that has begun to wait. */
    final BlockingQueue<Call> waiting = new LinkedBlockingQueue<>();

    /** Messages that a flood has sent. */
    final AtomicLong flooded = new AtomicLong();

    /** Lets calls that wait for it go on. */
    final CountDownLatch goOn = new CountDownLatch(1);

    Service service() {
        return Service.of(EchoServiceGrpc.getServiceDescriptor())
                .unary(EchoServiceGrpc.getSayMethod(), this::say)
                .stream(EchoServiceGrpc.getSayOnMethod(), this::sayOn)
                .stream(EchoServiceGrpc.getWatchMethod(), this::watch)
                .unary(EchoServiceGrpc.getFindMethod(), this::find)
                .unary(EchoServiceGrpc.getPutMethod(), this::put)
                .unary(EchoServiceGrpc.getPlainMethod(), this::say)
                .build();
    }

    private SayResponse say(SayRequest request, Call call) throws InterruptedException {
        call.answer().header("x-echo", "yes");
        play(request.getScript(), call);
        String text = request.getScript().equals("large") ? LARGE.repeat(1000) : request.getText();
        return SayResponse.newBuilder().setText(text).setCount(request.getCount()).build();
    }

    private void sayOn(SayRequest request, Sink<SayChunk> sink, Call call)
            throws InterruptedException {
        String script = request.getScript();
        if (script.equals("flood")) {
            flood(sink, call);
        }
        if (!script.startsWith("then-")) {
            play(script, call);
        }
        for (int i = 0; i < request.getCount(); i++) {
            sink.send(SayChunk.newBuilder().setText(request.getText()).setIndex(i).build());
        }
        if (script.startsWith("then-")) {
            play(script.substring(5), call);
        }
    }

    private void flood(Sink<SayChunk> sink, Call call) {
        waiting.add(call);
        SayChunk chunk = SayChunk.newBuilder().setText(LARGE).build();
        try {
            while (true) {
                sink.send(chunk);
                flooded.incrementAndGet();
            }
        } finally {
            remember(call);
        }
    }

    private void watch(WatchRequest request, Sink<SayChunk> sink, Call call) {
        for (int i = 0; i < request.getCount(); i++) {
            sink.send(SayChunk.newBuilder().setText(request.getTopic()).setIndex(i).build());
        }
    }

    private FindResponse find(FindRequest request, Call call) {
        return FindResponse.newBuilder().setRequest(request).build();
    }

    private PutResponse put(PutRequest request, Call call) {
        var book = request.getBook().toBuilder();
        book.setTitle(request.getName() + "/" + book.getTitle() + "/" + request.getReplace());
        return PutResponse.newBuilder().setBook(book).build();
    }

    private void play(String script, Call call) throws InterruptedException {
        switch (script) {
            case "refuse" ->
                    throw ApiError.ofParam(
                                    Code.NOT_FOUND,
                                    "model_not_found",
                                    "text",
                                    "There is no \"text\" \u2603.")
                            .toException();
            case "limited" ->
                    throw ApiError.of(Code.RATE_LIMITED, "rate_limit_exceeded", "Too many.")
                            .retryAfter(Duration.ofMillis(1500))
                            .toException();
            case "crash" -> throw new IllegalStateException("a secret of ours");
            case "wait" -> {
                waiting.add(call);
                try {
                    new CountDownLatch(1).await();
                } finally {
                    remember(call);
                }
            }
            case "pause" -> {
                waiting.add(call);
                goOn.await();
            }
            default -> {}
        }
    }

    private void remember(Call call) {
        CancelCause cause = call.cancelled();
        if (cause != null) {
            ended.add(cause);
        }
    }
}
