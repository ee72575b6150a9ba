package dev.tandem.gateway.quota;

import dev.tandem.runtime.limits.Limit;
import dev.tandem.runtime.limits.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Limits that are counted together: those of a caller, of a model or of the server. 0 is no limit.
 *
 * @param requestsPerMinute in any 60 s
 * @param tokensPerMinute prompts and completions, in any 60 s
 * @param tokensPerDay the same in any 24 h
 * @param concurrent calls at once, waiting ones included
 */
public record LimitSet(
        long requestsPerMinute, long tokensPerMinute, long tokensPerDay, long concurrent) {
    /** What is limited in tokens. */
    public static final String TOKENS = "tokens";

    /** No limit at all. */
    public static final LimitSet NONE = new LimitSet(0, 0, 0, 0);

    public LimitSet {
        if (Math.min(
                        Math.min(requestsPerMinute, tokensPerMinute),
                        Math.min(tokensPerDay, concurrent))
                < 0) {
            throw new IllegalArgumentException("a limit must be 1 or more, or 0 for none");
        }
    }

    /** Is nothing limited? */
    public boolean isNone() {
        return equals(NONE);
    }

    /** Are tokens limited? */
    boolean countsTokens() {
        return tokensPerMinute > 0 || tokensPerDay > 0;
    }

    /** Those that are set. */
    List<Limit> limits() {
        List<Limit> limits = new ArrayList<>(4);
        add(limits, Limit.REQUESTS, Span.AT_ONCE, concurrent);
        add(limits, Limit.REQUESTS, Span.MINUTE, requestsPerMinute);
        add(limits, TOKENS, Span.MINUTE, tokensPerMinute);
        add(limits, TOKENS, Span.DAY, tokensPerDay);
        return limits;
    }

    private static void add(List<Limit> limits, String amount, Span span, long most) {
        if (most > 0) {
            limits.add(new Limit(amount, span, most));
        }
    }
}
