package dev.tandem.runtime.limits;

import dev.tandem.runtime.call.Answer;
import java.util.List;

/**
 * {@code x-ratelimit-limit-requests}, {@code -remaining-}, {@code -reset-} and the same of other
 * amounts: of each amount the limit with the least left. Limits of what is held at once have none.
 */
final class LimitHeaders {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private LimitHeaders() {}

    static void tell(List<Charge> charges, List<Level> levels, Answer answer) {
        for (int i = 0; i < levels.size(); i++) {
            if (isLeast(i, charges, levels)) {
                Limit limit = charges.get(i).limit();
                String amount = limit.amount();
                Level level = levels.get(i);
                answer.header("x-ratelimit-limit-" + amount, Long.toString(limit.most()));
                answer.header("x-ratelimit-remaining-" + amount, Long.toString(level.remaining()));
                answer.header("x-ratelimit-reset-" + amount, words(level.resetMillis()));
            }
        }
    }

    /** Has no other limit of the same amount less left? Of equals the first. */
    private static boolean isLeast(int index, List<Charge> charges, List<Level> levels) {
        Limit limit = charges.get(index).limit();
        long left = levels.get(index).remaining();
        for (int i = 0; i < levels.size(); i++) {
            Limit other = charges.get(i).limit();
            boolean rival =
                    i != index
                            && other.span() != Span.AT_ONCE
                            && other.amount().equals(limit.amount());
            if (rival
                    && (levels.get(i).remaining() < left
                            || (levels.get(i).remaining() == left && i < index))) {
                return false;
            }
        }
        return limit.span() != Span.AT_ONCE;
    }

    /** As Go and OpenAI write durations: {@code 6m0s}, {@code 1.5s}, {@code 20ms}. */
    static String words(long millis) {
        if (millis < SECOND) {
            return millis == 0 ? "0s" : millis + "ms";
        }
        StringBuilder words = new StringBuilder(12);
        if (millis >= HOUR) {
            words.append(millis / HOUR).append('h');
        }
        if (millis >= MINUTE) {
            words.append(millis % HOUR / MINUTE).append('m');
        }
        words.append(millis % MINUTE / SECOND);
        long rest = millis % SECOND;
        if (rest > 0) {
            long digits = SECOND + rest; // a 1 before them keeps their zeros
            while (digits % 10 == 0) {
                digits /= 10;
            }
            words.append('.').append(Long.toString(digits).substring(1));
        }
        return words.append('s').toString();
    }
}
