package dev.tandem.bench.wire;

import dev.tandem.v1.ChatCompletion;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** How the calls of a slice ended: done or refused for want of room; anything else is wrong. */
final class Answers {
    private final CountDownLatch left;
    private final List<Long> done = new ArrayList<>();
    private final List<Long> refused = new ArrayList<>();
    private volatile @Nullable Throwable wrong;
    private double seconds;

    Answers(int count) {
        this.left = new CountDownLatch(count);
    }

    /** A call that is asked now. */
    StreamObserver<ChatCompletion> next() {
        long begun = System.nanoTime();
        return new StreamObserver<>() {
            @Override
            public void onNext(ChatCompletion value) {}

            @Override
            public void onError(Throwable failure) {
                if (Status.fromThrowable(failure).getCode() != Status.Code.UNAVAILABLE) {
                    wrong = failure;
                }
                note(refused, System.nanoTime() - begun);
            }

            @Override
            public void onCompleted() {
                note(done, System.nanoTime() - begun);
            }
        };
    }

    private void note(List<Long> list, long nanos) {
        synchronized (this) {
            list.add(nanos);
        }
        left.countDown();
    }

    /**
     * Waits for all of them.
     *
     * @param begin when the first was asked
     */
    void await(long begin) throws InterruptedException {
        left.await();
        if (wrong != null) {
            throw new IllegalStateException("a call failed", wrong);
        }
        seconds = (System.nanoTime() - begin) / 1e9;
    }

    double doneASecond() {
        return done.size() / seconds;
    }

    /** Within so long 99 % of those that were refused knew. */
    double refusedMillis() {
        return millis(refused, 0.99);
    }

    @Override
    public String toString() {
        synchronized (this) {
            return String.format(
                    Locale.ROOT,
                    "| %,.0f | %,.0f | %,.0f | %.1f, %.1f | %.1f, %.1f, %.1f | %s |",
                    (done.size() + refused.size()) / seconds,
                    doneASecond(),
                    refused.size() / seconds,
                    millis(done, 0.5),
                    millis(done, 0.99),
                    millis(refused, 0.5),
                    refusedMillis(),
                    millis(refused, 1),
                    Figures.load());
        }
    }

    private static double millis(List<Long> nanos, double share) {
        if (nanos.isEmpty()) {
            return 0;
        }
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get((int) (share * (sorted.size() - 1))) / 1e6;
    }
}
