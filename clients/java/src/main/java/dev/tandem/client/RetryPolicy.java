package dev.tandem.client;

import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When a call that failed is made again: only before anything of its answer has come, where the
 * server is UNAVAILABLE or refuses with RESOURCE_EXHAUSTED and says when to come back, and while
 * the client's budget lasts. UNAVAILABLE may also be a connection that broke after the server
 * began: a method that must not run twice wants a client with {@link #none}.
 *
 * <p>A client has a budget of tokens: a failure takes one, an answer gives back {@code refill}, and
 * while half of them or fewer are left nothing is made again, so that a server in trouble is not
 * kept there. The clients for other languages have the same numbers.
 *
 * @param attempts how often a call is made in all; 1 never repeats
 * @param firstWait the longest wait before the second attempt, doubled for each further one. The
 *     wait is a random part of it, and begins when the time is up for which the server asked
 * @param longestWait the longest of these waits
 * @param patience a server that asks to be left alone for longer is not asked again
 * @param budget the tokens of a client
 * @param refill what an answer gives back
 */
public record RetryPolicy(
        int attempts,
        Duration firstWait,
        Duration longestWait,
        Duration patience,
        double budget,
        double refill) {
    private static final RetryPolicy STANDARD =
            new RetryPolicy(
                    4,
                    Duration.ofMillis(200),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    10,
                    0.1);

    /** No wait is doubled more often: it is longer than anybody waits. */
    private static final int MOST_DOUBLINGS = 30;

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException(
                    "A call is made once at least; RetryPolicy.none() makes it no second time.");
        }
        if (firstWait.isNegative() || longestWait.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("Waits must not be negative.");
        }
        if (!(budget >= 0 && refill >= 0)) {
            throw new IllegalArgumentException("Budget and refill must not be negative.");
        }
    }

    /**
     * Four attempts, waits of up to 200 ms, 400 ms and 800 ms after what the server asks for, up to
     * 30 s; ten tokens, of which an answer gives back a tenth of one.
     */
    public static RetryPolicy standard() {
        return STANDARD;
    }

    /** Every failure is the caller's to handle. */
    public static RetryPolicy none() {
        return STANDARD.withAttempts(1);
    }

    /** The same with so many attempts. */
    public RetryPolicy withAttempts(int number) {
        return new RetryPolicy(number, firstWait, longestWait, patience, budget, refill);
    }

    /** The same with these waits. */
    public RetryPolicy withWaits(Duration first, Duration longest) {
        return new RetryPolicy(attempts, first, longest, patience, budget, refill);
    }

    /** The same with so much patience. */
    public RetryPolicy withPatience(Duration longest) {
        return new RetryPolicy(attempts, firstWait, longestWait, longest, budget, refill);
    }

    /** The same with this budget. */
    public RetryPolicy withBudget(double tokens, double givenBack) {
        return new RetryPolicy(attempts, firstWait, longestWait, patience, tokens, givenBack);
    }

    /** May a call that failed so be made again at all? */
    static boolean repeatable(TandemException failure) {
        return failure.code() == Status.Code.UNAVAILABLE
                || (failure.code() == Status.Code.RESOURCE_EXHAUSTED
                        && failure.retryAfter().isPresent());
    }

    /**
     * How long to wait before the next attempt; empty where there is to be none.
     *
     * @param made how many attempts there were, from 1
     * @param chance from 0 to below 1
     */
    Optional<Duration> pause(TandemException failure, int made, DoubleSupplier chance) {
        Duration told = failure.retryAfter().orElse(Duration.ZERO);
        if (made >= attempts || !repeatable(failure) || told.compareTo(patience) > 0) {
            return Optional.empty();
        }
        double part = longest(made).toNanos() * chance.getAsDouble();
        return Optional.of(told.plusNanos((long) part));
    }

    private Duration longest(int made) {
        Duration doubled = firstWait.multipliedBy(1L << Math.min(made - 1, MOST_DOUBLINGS));
        return doubled.compareTo(longestWait) < 0 ? doubled : longestWait;
    }
}
