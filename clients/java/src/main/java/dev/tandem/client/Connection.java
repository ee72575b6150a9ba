package dev.tandem.client;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all calls of a client share. For all threads. */
final class Connection {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;
    private final @Nullable Supplier<? extends @Nullable String> key;
    private final RetryPolicy policy;
    private final RetryBudget budget;
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();

    /** Closes the channel in the end. */
    Connection(
            ManagedChannel channel,
            @Nullable Supplier<? extends @Nullable String> key,
            RetryPolicy policy) {
        this.channel = channel;
        this.key = key;
        this.policy = policy;
        budget = new RetryBudget(policy);
    }

    <Q, A> Attempt<A> attempt(
            MethodDescriptor<Q, A> method, CallOptions options, Metadata headers, Q request) {
        String shown = key == null ? null : key.get();
        if (shown != null && !shown.isEmpty()) {
            headers.put(AUTHORIZATION, "Bearer " + checked(shown));
        }
        return Attempt.start(channel, method, options, headers, request);
    }

    /** gRPC would leave such a header out, and log it. */
    private static String checked(String key) {
        if (!key.chars().allMatch(each -> each > ' ' && each <= '~')) {
            throw TandemException.ours(
                    Status.Code.UNAUTHENTICATED,
                    "The API key has a character that no header can carry, as a line end.",
                    null);
        }
        return key;
    }

    /** The first message of an answer, or its good end, has come. */
    void answered() {
        budget.giveBack();
    }

    /**
     * How long to wait until the call may be made again.
     *
     * @param made how many attempts there were
     * @param options those of the call, with its deadline
     * @throws TandemException the failure, where it is to be told instead
     */
    Duration pauseAfter(TandemException failure, int made, CallOptions options) {
        boolean left = !RetryPolicy.repeatable(failure) || budget.takeForFailure();
        Duration pause =
                policy.pause(failure, made, ThreadLocalRandom.current()::nextDouble).orElse(null);
        if (pause == null || !left || passesDeadline(pause, options)) {
            throw failure;
        }
        return pause;
    }

    private static boolean passesDeadline(Duration pause, CallOptions options) {
        return options.getDeadline() != null
                && options.getDeadline().timeRemaining(TimeUnit.NANOSECONDS) <= pause.toNanos();
    }

    /** What is to be told when the client is closed while a call waits for its next attempt. */
    void whenClosed(Runnable listener) {
        waiting.add(listener);
        if (closed()) {
            listener.run();
        }
    }

    /** All calls have ended then, and every further one fails. */
    boolean closed() {
        return channel.isShutdown();
    }

    /** The call waits no more. */
    void forget(Runnable listener) {
        waiting.remove(listener);
    }

    /** Ends all calls. */
    void close() {
        channel.shutdownNow();
        waiting.forEach(Runnable::run);
    }
}
