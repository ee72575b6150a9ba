package dev.tandem.bedrock;

import dev.tandem.bedrock.BedrockSettings.Limits;
import dev.tandem.engines.RunningCalls;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;

/**
 * Asks Bedrock and hands its answer on, on the call's thread. Whatever goes wrong is one {@link
 * ApiException}, or that the call is over. For all threads.
 */
final class Asking {
    private static final Logger LOG = System.getLogger(Asking.class.getName());

    /** How long the SDK's threads stay for calls that are ended. */
    private static final Duration LAST_READS = Duration.ofSeconds(2);

    private final BedrockRuntimeAsyncClient client;
    private final Limits limits;
    private final BedrockErrors errors;
    private final RunningCalls running = new RunningCalls(BedrockErrors::closed);
    private final Phaser calls = new Phaser(1); // each that runs, and this

    Asking(BedrockRuntimeAsyncClient client, Limits limits, BedrockErrors errors) {
        this.client = client;
        this.limits = limits;
        this.errors = errors;
    }

    /** Asks for events, and hands them on as they come. */
    void inEvents(ConverseStreamRequest request, Answer answer, Call call)
            throws InterruptedException {
        Events events = new Events();
        CompletableFuture<Void> asked = ask(() -> client.converseStream(request, events), call);
        Object _ =
                asked.whenComplete((_, failure) -> {
                    if (failure != null) {
                        events.onError(failure);
                    }
                });
        Runnable leave =
                () -> {
                    events.leave();
                    asked.cancel(true);
                };
        handOn(leave, call, () -> read(events, new Reader(answer), answer));
    }

    private void read(Events events, Reader reader, Answer answer)
            throws InterruptedException, Events.FailedException {
        Duration limit = limits.first();
        String late = "it did not begin its answer in time";
        try {
            for (ConverseStreamOutput event = events.next(limit);
                    event != null;
                    event = events.next(limit)) {
                reader.event(event);
                limit = limits.gap();
                late = "it did not go on with its answer in time";
            }
        } catch (Events.LateException e) {
            throw errors.late(late);
        }
        answer.end();
    }

    /** Asks for all at once. */
    void whole(ConverseRequest request, Answer answer, Call call) throws InterruptedException {
        CompletableFuture<ConverseResponse> asked = ask(() -> client.converse(request), call);
        handOn(() -> asked.cancel(true), call, () -> new Reader(answer).whole(await(asked)));
    }

    private ConverseResponse await(CompletableFuture<ConverseResponse> asked)
            throws InterruptedException, Events.FailedException {
        try {
            return asked.get(limits.first().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new Events.FailedException(e);
        } catch (TimeoutException e) {
            throw errors.late("it did not answer in time");
        }
    }

    private <T> CompletableFuture<T> ask(Supplier<CompletableFuture<T>> asking, Call call) {
        call.check();
        if (running.closed()) {
            throw BedrockErrors.closed();
        }
        try {
            return asking.get();
        } catch (SdkException | NoCredentialsException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @FunctionalInterface
    private interface Reading {
        void run() throws InterruptedException, Events.FailedException;
    }

    /**
     * @param leave ends what is asked; does nothing where it has ended
     */
    private void handOn(Runnable leave, Call call, Reading reading) throws InterruptedException {
        int _ = calls.register();
        try (RunningCalls.Running _ = running.begin(leave);
                Call.Registration _ = call.onCancel(leave)) {
            reading.run();
        } catch (Events.FailedException e) {
            running.checkBroken(call);
            throw errors.of(e.why());
        } catch (BrokenAnswerException e) {
            running.checkBroken(call);
            throw errors.of(e);
        } finally {
            leave.run();
            int _ = calls.arriveAndDeregister();
        }
    }

    /** Ends running answers, and those that begin later; waits a moment for those who read them. */
    void close() {
        running.close();
        try {
            int _ =
                    calls.awaitAdvanceInterruptibly(
                            calls.arrive(), LAST_READS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.log(
                    Level.WARNING,
                    "Bedrock: a call of a closed engine goes on for longer than {0}",
                    LAST_READS);
        }
    }
}
