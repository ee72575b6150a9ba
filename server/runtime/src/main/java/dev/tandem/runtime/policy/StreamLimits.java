package dev.tandem.runtime.policy;

import java.time.Duration;

/**
 * How long a handler may take, whatever its caller allows. Each is zero or more; zero is no limit.
 *
 * @param firstMessage from the handler's begin to its first message, or to a whole answer; 5 min
 *     unless told
 * @param messageGap between two messages of a stream, and between the last and its end; 60 s unless
 *     told. As with {@code firstMessage}, time in which the handler waits for the client, to send
 *     or to read, does not count
 * @param call from the call's begin to its end, whatever the time was spent on; 30 min unless told
 */
public record StreamLimits(Duration firstMessage, Duration messageGap, Duration call) {
    /** None at all. */
    public static final StreamLimits NONE =
            new StreamLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    public StreamLimits {
        notNegative("first message", firstMessage);
        notNegative("message gap", messageGap);
        notNegative("call", call);
    }

    /** Limits that suit language models on busy machines. */
    public static StreamLimits defaults() {
        return new StreamLimits(
                Duration.ofMinutes(5), Duration.ofSeconds(60), Duration.ofMinutes(30));
    }

    /** Another limit to the first message. */
    public StreamLimits firstMessage(Duration limit) {
        return new StreamLimits(limit, messageGap, call);
    }

    /** Another limit between messages. */
    public StreamLimits messageGap(Duration limit) {
        return new StreamLimits(firstMessage, limit, call);
    }

    /** Another limit of the whole call. */
    public StreamLimits call(Duration limit) {
        return new StreamLimits(firstMessage, messageGap, limit);
    }

    private static void notNegative(String what, Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException(
                    "the " + what + " limit is " + limit + "; set it to zero, for none, or more");
        }
    }
}
