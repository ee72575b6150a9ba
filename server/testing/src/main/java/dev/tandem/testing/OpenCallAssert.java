package dev.tandem.testing;

import java.time.Duration;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;

/**
 * What a test says of a call while it runs. Reads from it, so the order of the sentences matters.
 *
 * @param <R> the response message
 */
public final class OpenCallAssert<R> extends AbstractAssert<OpenCallAssert<R>, OpenCall<R>> {
    OpenCallAssert(OpenCall<R> call) {
        super(call, OpenCallAssert.class);
    }

    /** Waits for the next message, which must come. */
    public ObjectAssert<R> next() {
        R message = actual.next();
        if (message == null) {
            throw failure("expected a message, but the call ended: %s", actual.rest());
        }
        return Assertions.assertThat(message);
    }

    /** Waits for the next message, which must come within this time from now. */
    public ObjectAssert<R> nextWithin(Duration limit) {
        long begin = System.nanoTime();
        ObjectAssert<R> message = next();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        if (took.compareTo(limit) > 0) {
            throw failure("expected a message within %s, but it took %s", limit, took);
        }
        return message;
    }

    /** Waits for so many messages, which must come; looks at none. */
    public OpenCallAssert<R> skips(int messages) {
        for (int i = 0; i < messages; i++) {
            next();
        }
        return this;
    }

    /** Does it end well, without a further message? */
    public ReplyAssert<R> ends() {
        return noMore().isOk();
    }

    /** Does it end with an error of this reason, without a further message? */
    public FailureAssert endsWithError(String reason) {
        return noMore().endsWithError(reason);
    }

    private ReplyAssert<R> noMore() {
        R message = actual.next();
        if (message != null) {
            throw failure("expected the end, but there came %s", message);
        }
        return new ReplyAssert<>(actual.rest());
    }
}
