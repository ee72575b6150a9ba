package dev.tandem.routing;

import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.admission.Ticket;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Attempt;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.v1.Usage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One attempt at one engine, on the call's thread: its place, its pass, its time, its outcome. */
final class Trial implements AutoCloseable {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Route route;
    private final Call whole;
    private final Attempt attempt;
    private final Watch watch;
    private boolean begun;

    /**
     * @param began when the call came to the model, by the timing's clock
     */
    Trial(Route route, Call whole, TimeLimits limits, long began, Timing timing) {
        this.route = route;
        this.whole = whole;
        attempt = Attempt.of(whole);
        watch = new Watch(attempt, limits, began, timing);
        if (!limits.total().isZero()) {
            attempt.call().limit(Duration.ofNanos(Math.max(0, watch.totalLeft())));
        }
    }

    /** What the engine is told in the place of the call. */
    Call call() {
        return attempt.call();
    }

    /** Has the caller been sent anything? */
    boolean begun() {
        return begun;
    }

    /** Is the model's whole time up? */
    boolean outOfTime() {
        return watch.late() == CancelCause.CALL_LIMIT;
    }

    void firstToken() {
        route.upstream().tally().first(watch.firstToken());
    }

    void took(Usage usage) {
        route.upstream().tally().took(usage);
    }

    /** Sends something to the caller, which giving up does not disturb. */
    void send(Runnable step) {
        attempt.undisturbed(() -> {
            begun = true;
            watch.sending();
            try {
                step.run();
            } finally {
                watch.sent();
            }
        });
    }

    /**
     * Asks the engine.
     *
     * @param anyway even where its circuit is open
     * @throws ApiException as the engine failed, or was too slow, or busy
     */
    <T> T run(Work<T> work, boolean anyway) throws InterruptedException {
        Upstream upstream = route.upstream();
        try (Ticket _ = upstream.enter(attempt.call())) {
            Circuit.Pass pass = upstream.circuit().enter(anyway);
            if (pass == null) {
                throw keptAway(upstream.circuit().untilTry());
            }
            return asked(work, pass);
        } catch (CancelledException | InterruptedException e) {
            ApiException late = late();
            if (late == null) {
                throw e;
            }
            throw late;
        }
    }

    private <T> T asked(Work<T> work, Circuit.Pass pass) throws InterruptedException {
        Upstream upstream = route.upstream();
        upstream.tally().requests.increment();
        Verdict verdict = Verdict.FAILED; // by a defect of the engine, unless something else comes
        try {
            watch.admitted();
            T result = work.ask(route, this);
            verdict = Verdict.SUCCEEDED;
            return result;
        } catch (ApiException e) {
            CancelCause passed = watch.late();
            ApiException told = passed == null ? e : watch.error(passed);
            verdict = Verdict.of(told, outOfTime());
            upstream.tally().failed(told.error().reason());
            throw told;
        } catch (CancelledException | InterruptedException e) {
            verdict = Verdict.LEFT;
            ApiException told = late();
            if (told == null) {
                throw e;
            }
            verdict = Verdict.of(told, outOfTime());
            upstream.tally().failed(told.error().reason());
            throw told;
        } finally {
            verdict.tell(upstream.circuit(), pass);
        }
    }

    /** The limit that ended the attempt; null where it was none of ours. */
    private @Nullable ApiException late() {
        whole.check();
        CancelCause passed = watch.late();
        return passed == null ? null : watch.error(passed);
    }

    private static ApiException keptAway(Duration wait) {
        return ApiError.of(
                        EngineReasons.UPSTREAM_UNAVAILABLE,
                        "The server behind this model failed too often and is left alone for now;"
                                + " try again later.")
                .retryAfter(wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait)
                .toException();
    }

    @Override
    public void close() {
        watch.close();
        attempt.close();
    }
}
