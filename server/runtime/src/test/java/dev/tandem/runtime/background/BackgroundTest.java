package dev.tandem.runtime.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.wire.port.LogCapture;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    private static final long PATIENCE = 20;

    private final Calls calls = new Calls(() -> "req_1");
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void workGoesOnWhenItsCallHasEndedAndKnowsIt() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (Background background = new Background(Duration.ofSeconds(PATIENCE))) {
            Call call = call();
            call.put(Caller.KEY, new Caller("ada", Caller.Shown.KEY, Set.of("people"), Map.of()));
            background.start(
                    call,
                    "index",
                    job -> {
                        goOn.await();
                        seen.add(job.requestId() + " " + job.name() + " " + job.caller().name());
                    });
            calls.close(call);
            assertThat(background.running()).isEqualTo(1);
            goOn.countDown();

            assertThat(next()).isEqualTo("req_1 index ada");
        }
    }

    @Test
    void whatItThrowsIsLoggedWithTheRequestsId() {
        try (LogCapture log = LogCapture.start()) {
            try (Background background = new Background(Duration.ofSeconds(PATIENCE))) {
                background.start(
                        call(),
                        "index",
                        job -> {
                            throw new IllegalStateException("the disk is full");
                        });
                background.start(
                        call(),
                        "other",
                        job -> {
                            throw new AssertionError("a defect");
                        });
            }
            assertThat(log.text())
                    .contains("index of req_1 failed", "the disk is full")
                    .contains("other of req_1 failed", "a defect");
        }
    }

    @Test
    void closingWaitsForWhatRuns() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Background background = new Background(Duration.ofSeconds(PATIENCE));
        background.start(
                call(),
                "slow",
                job -> {
                    begun.countDown();
                    goOn.await();
                    seen.add(job.stopping() ? "told" : "not told");
                    job.check();
                    seen.add("done");
                });
        begun.await();
        Thread closing = Thread.ofVirtual().start(background::close);
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        closing.join();

        assertThat(next()).isEqualTo("told");
        assertThat(next()).isEqualTo("done");
        assertThat(background.running()).isZero();
    }

    @Test
    void whatRunsLongerIsInterruptedAndCancelled() throws Exception {
        try (LogCapture log = LogCapture.start()) {
            Background background = new Background(Duration.ZERO);
            CountDownLatch begun = new CountDownLatch(1);
            background.start(
                    call(),
                    "endless",
                    job -> {
                        begun.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            seen.add("interrupted");
                            job.check();
                            seen.add("went on");
                        }
                    });
            begun.await();
            background.close();

            assertThat(next()).isEqualTo("interrupted");
            assertThat(background.running()).isZero();
            assertThat(seen).isEmpty();
            assertThat(log.text()).isEmpty();
        }
    }

    @Test
    void whatIgnoresItsInterruptIsNamed() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        try (LogCapture log = LogCapture.start()) {
            Background background = new Background(Duration.ZERO);
            background.start(
                    call(),
                    "deaf",
                    job -> {
                        begun.countDown();
                        while (release.getCount() > 0) {
                            Thread.onSpinWait();
                        }
                    });
            begun.await();
            background.close();

            assertThat(log.text()).contains("still runs", "deaf of req_1");
        } finally {
            release.countDown();
        }
    }

    @Test
    void thereIsRoomForSoManyOnly() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (Background background = new Background(1, Duration.ofSeconds(PATIENCE))) {
            background.start(call(), "first", job -> goOn.await());

            ApiException full = refused(background);
            goOn.countDown();
            while (background.running() > 0) {
                Thread.onSpinWait();
            }
            background.start(call(), "third", job -> seen.add("third"));

            assertThat(full.error().reason()).isEqualTo("overloaded");
            assertThat(full.error().retryAfter()).isNotNull();
            assertThat(next()).isEqualTo("third");
        }
    }

    @Test
    void onceItIsClosedNothingStarts() {
        Background background = new Background(Duration.ofSeconds(PATIENCE));
        background.close();

        assertThat(refused(background).error().reason()).isEqualTo("server_stopping");
        assertThat(seen).isEmpty();
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Background background = new Background(Duration.ofSeconds(PATIENCE));
        background.start(
                call(),
                "slow",
                job -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        job.check();
                    }
                });
        begun.await();
        Thread.currentThread().interrupt();
        background.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(background.running()).isLessThanOrEqualTo(1);
    }

    private ApiException refused(Background background) {
        ApiException refused =
                catchThrowableOfType(
                        ApiException.class,
                        () -> background.start(call(), "second", job -> seen.add("second")));
        assertThat(refused).isNotNull();
        return refused;
    }

    private String next() throws InterruptedException {
        String next = seen.poll(PATIENCE, TimeUnit.SECONDS);
        return next == null ? "nothing" : next;
    }

    private Call call() {
        return calls.open(
                new Head(
                        Head.Wire.REST,
                        "POST",
                        "/x",
                        null,
                        Map.of(),
                        InetSocketAddress.createUnresolved("t", 1)),
                null);
    }
}
