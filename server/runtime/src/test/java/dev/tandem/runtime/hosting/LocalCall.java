package dev.tandem.runtime.hosting;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Service;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call of a service without a wire, on a thread of its own. The client here takes messages only
 * when it is told to, if {@link #slow} was asked for.
 */
final class LocalCall<Q extends Message, R extends Message> implements AutoCloseable {
    private final Calls calls = new Calls(() -> "req_1");
    private final BlockingQueue<Optional<Q>> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<R> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Optional<ApiError>> end = new CompletableFuture<>();
    private final Semaphore taking = new Semaphore(Integer.MAX_VALUE);
    private final Method<Q, R> method;
    private final Call call;
    private @Nullable Thread thread;

    LocalCall(Service service, String name, Map<String, List<String>> headers) {
        this(service, name, headers, null);
    }

    @SuppressWarnings("unchecked") // the test knows the types
    LocalCall(
            Service service,
            String name,
            Map<String, List<String>> headers,
            @Nullable Duration timeout) {
        method =
                (Method<Q, R>)
                        service.methods().stream()
                                .filter(one -> one.descriptor().getName().equals(name))
                                .findFirst()
                                .orElseThrow();
        Head head =
                new Head(
                        Head.Wire.GRPC,
                        "POST",
                        "/" + method.fullName(),
                        method.fullName(),
                        headers,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        call = calls.open(head, timeout);
    }

    /** From now on the client takes only what it is told to. */
    LocalCall<Q, R> slow() {
        taking.drainPermits();
        return this;
    }

    void take(int messages) {
        taking.release(messages);
    }

    LocalCall<Q, R> sends(Q message) {
        requests.add(Optional.of(message));
        return this;
    }

    LocalCall<Q, R> ends() {
        requests.add(Optional.empty());
        return this;
    }

    LocalCall<Q, R> start() {
        thread = Thread.ofVirtual().name("local-call").start(this::run);
        return this;
    }

    private void run() {
        ApiError error =
                Pipeline.run(
                        method,
                        () -> requests.take().orElse(null),
                        message -> {
                            try {
                                taking.acquire();
                            } catch (InterruptedException e) {
                                throw new CancelledException(CancelCause.CLIENT_LEFT);
                            }
                            call.check();
                            answers.add(message);
                        },
                        call);
        calls.close(call);
        end.complete(Optional.ofNullable(error));
    }

    void cancel(CancelCause cause) {
        call.cancel(cause);
    }

    Call call() {
        return call;
    }

    /** The next answer. */
    R next() throws InterruptedException {
        R answer = answers.poll(10, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("no answer came; the end: " + end);
        }
        return answer;
    }

    int answered() {
        return answers.size();
    }

    /** How the call ended: the error, or empty. */
    Optional<ApiError> end() throws Exception {
        return end.get(10, TimeUnit.SECONDS);
    }

    boolean running() {
        return !end.isDone();
    }

    @Override
    public void close() {
        call.cancel(CancelCause.SHUTDOWN);
        if (thread != null) {
            end.orTimeout(10, TimeUnit.SECONDS).join();
        }
        calls.close();
    }
}
