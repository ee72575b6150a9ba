package dev.tandem.bedrock;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/**
 * An answer's events on their way from the SDK's threads to the call's. No more are asked for than
 * {@link #WINDOW} beyond those that were taken, so that a slow reader holds up the server and not
 * the memory.
 */
final class Events implements ConverseStreamResponseHandler, Subscriber<ConverseStreamOutput> {
    /** How many may wait here. */
    static final int WINDOW = 16;

    private sealed interface Signal {
        record Event(ConverseStreamOutput event) implements Signal {}

        record Failed(Throwable why) implements Signal {}

        record Ended() implements Signal {}
    }

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private volatile @Nullable Subscription subscription;
    private volatile boolean left;

    /**
     * Waits for the next event; null behind the last one. By the call's thread.
     *
     * @throws LateException where none came in time
     * @throws FailedException where the SDK gave up
     */
    @Nullable ConverseStreamOutput next(Duration within)
            throws InterruptedException, LateException, FailedException {
        Signal signal = signals.poll(within.toNanos(), TimeUnit.NANOSECONDS);
        return switch (signal) {
            case null -> throw new LateException();
            case Signal.Event(ConverseStreamOutput event) -> {
                Subscription source = subscription;
                if (source != null) {
                    source.request(1);
                }
                yield event;
            }
            case Signal.Failed(Throwable why) -> throw new FailedException(why);
            case Signal.Ended() -> null;
        };
    }

    /** Nothing came in time. */
    static final class LateException extends Exception {
        private static final long serialVersionUID = 1;

        LateException() {
            super("too late", null, false, false);
        }
    }

    /** The SDK gave up; the cause tells why. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1;

        private final Throwable why;

        FailedException(Throwable why) {
            super("failed", null, false, false);
            this.why = why;
        }

        Throwable why() {
            return why;
        }
    }

    /** Wants no more. By any thread. */
    void leave() {
        left = true;
        Subscription source = subscription;
        if (source != null) {
            source.cancel(); // of which the SDK tells nobody
        }
        signals.add(new Signal.Failed(new CancellationException()));
    }

    @Override
    public void responseReceived(ConverseStreamResponse head) {
        // what it tells, the events tell again
    }

    @Override
    public void onEventStream(SdkPublisher<ConverseStreamOutput> events) {
        events.subscribe(this);
    }

    @Override
    public void exceptionOccurred(Throwable failure) {
        onError(failure);
    }

    @Override
    public void complete() {
        // the HTTP answer is read; the events that wait for being asked for come behind
    }

    @Override
    public void onSubscribe(Subscription source) {
        subscription = source;
        if (left) {
            source.cancel();
        } else {
            source.request(WINDOW);
        }
    }

    @Override
    public void onNext(ConverseStreamOutput event) {
        signals.add(new Signal.Event(event));
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(new Signal.Failed(failure));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal.Ended());
    }
}
