package dev.tandem.runtime.limits;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Reasons;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What callers read when a limit refuses them. Each limit that does so is a violation. */
final class LimitErrors {
    private static final Duration STORE_BACK = Duration.ofSeconds(1);

    private LimitErrors() {}

    /** What is asked for more than is left now. */
    static ApiError refused(List<Charge> charges, List<Level> levels) {
        List<Violation> violations = new ArrayList<>(1);
        long wait = 0;
        int last = 0; // the limit that takes longest
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            if (level.refuses()) {
                violations.add(violation(charges.get(i), sentence(charges.get(i), level)));
                if (level.retryMillis() > wait) {
                    wait = level.retryMillis();
                    last = i;
                }
            }
        }
        return error(sentence(charges.get(last), levels.get(last)), violations)
                .retryAfter(Duration.ofMillis(wait));
    }

    /** What is asked for more than there ever is. SDKs are told not to try again. */
    static ApiError never(Charge charge, Call call) {
        call.answer().header("x-should-retry", "false");
        String words =
                "This call may take %d %s, more than the limit of %s (%s) ever allows, so it can never pass; ask for less."
                        .formatted(
                                charge.amount(),
                                charge.limit().amount(),
                                charge.limit().words(),
                                charge.whose());
        return error(words, List.of(violation(charge, words)));
    }

    /** Nobody knows what is left. */
    static ApiError away() {
        return ApiError.of(
                        Reasons.LIMITS_UNAVAILABLE,
                        "The server cannot look up its limits now, and takes no calls without them; try again.")
                .retryAfter(STORE_BACK);
    }

    private static ApiError error(String message, List<Violation> violations) {
        return ApiError.of(Reasons.RATE_LIMIT_EXCEEDED, message).violating(violations);
    }

    private static Violation violation(Charge charge, String words) {
        return new Violation(charge.whose(), charge.limit().id(), words);
    }

    private static String sentence(Charge charge, Level level) {
        Limit limit = charge.limit();
        if (limit.span() == Span.AT_ONCE) {
            return "The limit of %s (%s) is reached; try again when a call has ended."
                    .formatted(limit.words(), charge.whose());
        }
        return "The limit of %s (%s) is reached: %d left, this call may take %d; try again in %s."
                .formatted(
                        limit.words(),
                        charge.whose(),
                        level.remaining(),
                        charge.amount(),
                        LimitHeaders.words(level.retryMillis()));
    }
}
