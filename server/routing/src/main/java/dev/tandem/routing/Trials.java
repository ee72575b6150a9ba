package dev.tandem.routing;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One call of a model, from attempt to attempt and from engine to engine. */
final class Trials {
    private final Candidates candidates;
    private final RoutingSettings settings;
    private final Timing timing;
    private final RandomGenerator random;
    private final AttemptLog log;
    private final Call call;
    private final long began;
    private @Nullable ApiException told;

    Trials(
            Candidates candidates,
            RoutingSettings settings,
            Timing timing,
            RandomGenerator random,
            AttemptLog log,
            Call call) {
        this.candidates = candidates;
        this.settings = settings;
        this.timing = timing;
        this.random = random;
        this.log = log;
        this.call = call;
        began = timing.nanos();
    }

    /** How one attempt ended. */
    private sealed interface Outcome<T> {
        record Done<T>(T result) implements Outcome<T> {}

        /**
         * @param last may nothing more be tried?
         */
        record Failed<T>(ApiException failure, boolean last) implements Outcome<T> {}
    }

    /**
     * Asks one engine after the other until one does it, or nothing more may be tried.
     *
     * @throws ApiException that failure which tells the caller most
     */
    <T> T run(Work<T> work) throws InterruptedException {
        Route route = candidates.next();
        int again = 0;
        while (route != null) {
            if (again == 0) {
                route.upstream().budget().called();
            }
            switch (once(route, work)) {
                case Outcome.Done<T>(T result) -> {
                    return result;
                }
                case Outcome.Failed<T>(ApiException failure, boolean last) -> {
                    remember(failure, last);
                    Route next = last ? null : next(route, failure.error(), again);
                    again = route.equals(next) ? again + 1 : 0;
                    if (next == null) {
                        log.given(route, failure.error(), call);
                    }
                    route = next;
                }
            }
        }
        throw told == null ? Refusals.replaced() : told;
    }

    private <T> Outcome<T> once(Route route, Work<T> work) throws InterruptedException {
        log.begins(route, call);
        Trial trial = new Trial(route, call, settings.limits(), began, timing);
        try (trial) {
            return new Outcome.Done<>(trial.run(work, candidates.anyway()));
        } catch (ApiException e) {
            boolean fault = FailureKind.of(e.error()) == FailureKind.FINAL;
            return new Outcome.Failed<>(e, fault || trial.begun() || trial.outOfTime());
        }
    }

    /** The same one after a pause, or another, or null for nobody. */
    private @Nullable Route next(Route route, ApiError error, int again)
            throws InterruptedException {
        call.check();
        FailureKind kind = FailureKind.of(error);
        Optional<Duration> wait = wait(route, kind, error, again);
        if (wait.isPresent()) {
            log.again(route, error, wait.get(), call);
            timing.pause(wait.get(), call);
            route.upstream().tally().retried.increment();
            return route;
        }
        Route next = settings.fallbackOn().contains(kind) ? candidates.after(route, kind) : null;
        if (next != null) {
            log.next(route, error, next, call);
        }
        return next;
    }

    private Optional<Duration> wait(Route route, FailureKind kind, ApiError error, int again) {
        return kind.again()
                ? settings.retries()
                        .wait(again, error.retryAfter(), random)
                        .filter(this::fits)
                        .filter(_ -> route.upstream().budget().take())
                : Optional.empty();
    }

    /** Is there any time left behind it? */
    private boolean fits(Duration wait) {
        Duration total = settings.limits().total();
        boolean inTotal =
                total.isZero() || wait.toNanos() < total.toNanos() - (timing.nanos() - began);
        return inTotal && call.remaining().map(left -> wait.compareTo(left) < 0).orElse(true);
    }

    /** The last of those that say most; the very last where nothing more is tried after it. */
    private void remember(ApiException failure, boolean last) {
        if (told == null || last || kind(failure).compareTo(kind(told)) <= 0) {
            told = failure;
        }
    }

    private static FailureKind kind(ApiException failure) {
        return FailureKind.of(failure.error());
    }
}
