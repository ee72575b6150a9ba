package dev.tandem.testing.contract;

import dev.tandem.engines.Engine;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Sink;
import dev.tandem.v1.ChatChunk;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChunkChoice;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Role;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call of an engine's chat, run on a virtual thread as the runtime runs it: cancelling tells
 * its listeners and interrupts its thread. For the test's thread.
 */
public final class EngineCall implements AutoCloseable {
    /** In every chunk of the answer. */
    public static final ChatChunk ENVELOPE =
            ChatChunk.newBuilder().setId("chatcmpl-7").setCreated(7).setModel("public").build();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Calls calls = new Calls(() -> "req_1");
    private final Call call;
    private final List<ChatChunk> offered = new CopyOnWriteArrayList<>();
    private final List<ChatChunk> chunks = new CopyOnWriteArrayList<>();
    private final CountDownLatch text = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable ApiError failure;
    private volatile long overAt;

    private EngineCall(@Nullable Duration timeout) {
        call =
                calls.open(
                        new Head(
                                Head.Wire.GRPC,
                                "POST",
                                "/",
                                null,
                                Map.of(),
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)),
                        timeout);
    }

    /**
     * Begins to chat.
     *
     * @param timeout the caller's limit, or null
     * @param beforeEach what the caller does before it takes a chunk
     */
    public static EngineCall begin(
            Engine engine, ChatRequest request, @Nullable Duration timeout, Runnable beforeEach) {
        EngineCall begun = new EngineCall(timeout);
        Sink<ChatChunk> sink =
                chunk -> {
                    beforeEach.run();
                    begun.offered.add(chunk);
                    begun.call.check();
                    begun.take(chunk);
                };
        Thread.ofVirtual().name("engine-call").start(() -> begun.run(engine, request, sink));
        return begun;
    }

    /** Begins to chat, without limit, and takes what comes. */
    public static EngineCall begin(Engine engine, ChatRequest request) {
        return begin(engine, request, null, () -> {});
    }

    /** One message of a user. */
    public static ChatRequest.Builder hello() {
        return ChatRequest.newBuilder()
                .setModel("own")
                .addMessages(
                        ChatMessage.newBuilder()
                                .setRole(Role.ROLE_USER)
                                .addContent(ContentPart.newBuilder().setText("Hello.")));
    }

    private void run(Engine engine, ChatRequest request, Sink<ChatChunk> sink) {
        failure = Pipeline.work(call, () -> engine.chat(request, ENVELOPE, sink, call));
        overAt = System.nanoTime();
        over.countDown();
    }

    private void take(ChatChunk chunk) {
        chunks.add(chunk);
        if (!text().isEmpty()) {
            text.countDown();
        }
    }

    /** Waits until some text has come. */
    public void awaitText() {
        await(text, "no text came");
    }

    /**
     * Waits until the engine has returned.
     *
     * @return the moment, by {@code System.nanoTime()}
     */
    public long awaitEnd() {
        await(over, "the engine did not return");
        return overAt;
    }

    private static void await(CountDownLatch latch, String otherwise) {
        try {
            if (!latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(otherwise + " within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }

    /**
     * The caller leaves.
     *
     * @return the moment before, by {@code System.nanoTime()}
     */
    public long leave() {
        long now = System.nanoTime();
        call.cancel(CancelCause.CLIENT_LEFT);
        return now;
    }

    /** What came until now. */
    public List<ChatChunk> chunks() {
        return List.copyOf(chunks);
    }

    /** What the engine sent until now, that included which nobody took any more. */
    public List<ChatChunk> offered() {
        return List.copyOf(offered);
    }

    /** What came of a choice until now. */
    public List<ChunkChoice> choice(int index) {
        return chunks.stream()
                .flatMap(chunk -> chunk.getChoicesList().stream())
                .filter(choice -> choice.getIndex() == index)
                .toList();
    }

    /** All text until now. */
    public String text() {
        return chunks.stream()
                .flatMap(chunk -> chunk.getChoicesList().stream())
                .map(choice -> choice.getDelta().getContent())
                .collect(Collectors.joining());
    }

    /** What went wrong; null where nothing did. After the end. */
    public @Nullable ApiError failure() {
        return failure;
    }

    @Override
    public void close() {
        call.cancel(CancelCause.CLIENT_LEFT);
        calls.close(call);
        calls.close();
    }
}
