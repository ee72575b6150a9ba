package dev.tandem.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.llamacpp.loop.Generation;
import dev.tandem.llamacpp.loop.GenerationRequest;
import dev.tandem.llamacpp.loop.ModelOptions;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import dev.tandem.testing.contract.EngineCall;
import dev.tandem.v1.ChatRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real model with one slot: who leaves makes room at once, who is too many is told so. */
@Timeout(120)
class BusyModelTest {
    /** From a caller's leaving to the end of the work. */
    private static final Duration SOON = Duration.ofMillis(250);

    /** The machine may be busy: one of so many ends soon. */
    private static final int TRIES = 4;

    private static LoadedEngine withQueue(int limit) {
        return new LoadedEngine(
                ModelOptions.defaults()
                        .withContextPerSlot(4096)
                        .withSlots(1)
                        .withQueueLimit(limit));
    }

    private static ChatRequest saying(String text) {
        return Answered.ask(text).setMaxTokens(400).build();
    }

    /** Somebody who waits for the one slot, and the moment at which it was free. */
    private record Next(Generation generation, CompletableFuture<Long> freed) {
        /** Waits behind the call, and until then for the call to have its slot. */
        static Next behindTheCall(LoadedEngine loaded) throws InterruptedException {
            while (true) {
                AtomicBoolean waits = new AtomicBoolean();
                CompletableFuture<Long> freed = new CompletableFuture<>();
                Generation generation =
                        loaded.engine
                                .model()
                                .submit(
                                        GenerationRequest.of(new int[] {300}).maxTokens(1).build(),
                                        null,
                                        () -> {
                                            waits.set(true);
                                            return () -> freed.complete(System.nanoTime());
                                        });
                if (waits.get()) {
                    return new Next(generation, freed);
                }
                while (generation.next() != null) {
                    Thread.onSpinWait(); // it came before the call
                }
            }
        }
    }

    /** What becomes of one call that is left. */
    private interface Leaving {
        Duration untilEnded() throws Exception;
    }

    private static void assertEndsSoon(Leaving leaving) throws Exception {
        Duration took = SOON;
        for (int i = 0; i < TRIES && took.compareTo(SOON) >= 0; i++) {
            took = leaving.untilEnded();
        }
        assertThat(took).isLessThan(SOON);
    }

    private static Duration leave(EngineCall call, Next next) throws Exception {
        assertThat(next.freed()).isNotDone();
        long left = call.leave();

        long freed = next.freed().get(20, TimeUnit.SECONDS);
        long ended = call.awaitEnd();
        assertThat(freed).isGreaterThanOrEqualTo(left);
        assertThat(Objects.requireNonNull(call.failure()).reason()).isEqualTo("cancelled");
        assertThat(next.generation().next()).isNotNull();
        next.generation().close();
        return Duration.ofNanos(Math.max(freed, ended) - left);
    }

    @Test
    void aCallerWhoLeavesBeforeTheFirstTokenEndsTheWork() throws Exception {
        assertEndsSoon(() -> {
            try (LoadedEngine loaded = withQueue(1);
                    EngineCall call =
                            EngineCall.begin(loaded.engine, saying("word ".repeat(3_000)))) {
                Duration took = leave(call, Next.behindTheCall(loaded));

                assertThat(call.text()).isEmpty();
                return took;
            }
        });
    }

    @Test
    void aCallerWhoLeavesBetweenTokensEndsTheWork() throws Exception {
        assertEndsSoon(() -> {
            try (LoadedEngine loaded = withQueue(1);
                    EngineCall call =
                            EngineCall.begin(loaded.engine, saying("Count to one thousand."))) {
                call.awaitText();
                Duration took = leave(call, Next.behindTheCall(loaded));

                assertThat(call.choice(0)).noneMatch(choice -> choice.hasFinishReason());
                return took;
            }
        });
    }

    @Test
    void aCallTooManyIsWorthAnotherTry() {
        try (LoadedEngine loaded = withQueue(0);
                EngineCall first =
                        EngineCall.begin(loaded.engine, saying("Count to one thousand."))) {
            first.awaitText();
            try (EngineCall second = EngineCall.begin(loaded.engine, saying("Hello."))) {
                second.awaitEnd();

                ApiError failure = Objects.requireNonNull(second.failure());
                assertThat(second.chunks()).isEmpty();
                assertThat(failure.reason()).isEqualTo("overloaded");
                assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE);
                assertThat(failure.retryAfter()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            }
            assertThat(first.failure()).isNull();
        }
    }
}
