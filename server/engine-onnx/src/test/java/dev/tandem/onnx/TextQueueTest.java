package dev.tandem.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.admission.Overloaded;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TextQueueTest {
    private final Queue<Integer> computed = new ConcurrentLinkedQueue<>();
    private final Semaphore permits = new Semaphore(0);
    private final AtomicInteger inModel = new AtomicInteger();
    private final TextQueue queue = new TextQueue(this::compute, 1, 2);

    /** A model that waits to be let on; the vector is the first id. */
    private float[] compute(int[] ids) {
        inModel.incrementAndGet();
        permits.acquireUninterruptibly();
        inModel.decrementAndGet();
        if (ids[0] < 0) {
            throw new IllegalStateException("negative");
        }
        computed.add(ids[0]);
        return new float[] {ids[0]};
    }

    @AfterEach
    void close() {
        permits.release(10_000);
        queue.close();
    }

    private static List<int[]> texts(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> new int[] {i}).toList();
    }

    @Test
    void vectorsStandInTheOrderOfTheTexts() throws Exception {
        permits.release(3);
        try (TextBatch batch = queue.submit("me", texts(5, 3))) {
            assertThat(batch.await())
                    .containsExactly(new float[] {5}, new float[] {6}, new float[] {7});
        }
    }

    @Test
    void requestsTakeTurns() throws Exception {
        try (TextBatch large = queue.submit("me", texts(100, 50))) {
            MiniLmEngineTest.await(() -> inModel.get() == 1);
            try (TextBatch small = queue.submit("me", texts(1, 1))) {
                permits.release(3);
                small.await();
                assertThat(computed).contains(1).hasSizeLessThanOrEqualTo(3);
                permits.release(48);
                assertThat(large.await()).hasSize(50);
            }
        }
    }

    @Test
    void callersTakeTurnsHoweverManyRequestsEachHas() throws Exception {
        TextBatch first = queue.submit("greedy", texts(100, 9));
        MiniLmEngineTest.await(() -> inModel.get() == 1);
        TextBatch second = queue.submit("greedy", texts(200, 9));
        try (TextBatch other = queue.submit("other", texts(1, 2))) {
            permits.release(5);
            other.await();
            assertThat(computed).contains(1, 2).hasSizeLessThanOrEqualTo(5);
        }
        first.close();
        second.close();
    }

    @Test
    void moreRequestsThanMayWaitAreRefusedUntilOneIsOver() throws Exception {
        TextBatch first = queue.submit("me", texts(1, 10));
        TextBatch second = queue.submit("me", texts(20, 10));
        TextBatch third = queue.submit("me", texts(40, 10));
        assertThatExceptionOfType(Overloaded.class)
                .isThrownBy(() -> queue.submit("me", texts(60, 1)));
        second.close();
        try (TextBatch fourth = queue.submit("me", texts(60, 1))) {
            permits.release(100);
            fourth.await();
        }
        first.await();
        third.await();
    }

    @Test
    void aClosedRequestIsNotComputedAnyMore() throws Exception {
        TextBatch batch = queue.submit("me", texts(1, 10));
        MiniLmEngineTest.await(() -> inModel.get() == 1);
        batch.close();
        assertThatThrownBy(batch::await).isInstanceOf(CancellationException.class);
        permits.release(100);
        try (TextBatch next = queue.submit("me", texts(50, 1))) {
            next.await();
        }
        assertThat(computed).containsExactly(1, 50);
    }

    @Test
    void aFailureEndsItsRequestAndNoOther() throws Exception {
        permits.release(100);
        TextBatch bad = queue.submit("me", List.of(new int[] {1}, new int[] {-1}, new int[] {2}));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(bad::await)
                .withRootCauseInstanceOf(IllegalStateException.class);
        try (TextBatch good = queue.submit("me", texts(7, 2))) {
            assertThat(good.await()).hasSize(2);
        }
    }

    @Test
    void closingTheQueueFailsWhatWaitsAndTakesNoMore() throws Exception {
        TextBatch batch = queue.submit("me", texts(1, 10));
        MiniLmEngineTest.await(() -> inModel.get() == 1);
        Thread closing = Thread.ofPlatform().start(queue::close);
        assertThatThrownBy(batch::await).isInstanceOf(CancellationException.class);
        assertThat(closing.isAlive()).isTrue(); // a text is in the model
        permits.release();
        closing.join();
        assertThat(inModel).hasValue(0);
        assertThatThrownBy(() -> queue.submit("me", texts(1, 1)))
                .isInstanceOf(CancellationException.class);
    }
}
