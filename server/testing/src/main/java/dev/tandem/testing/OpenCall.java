package dev.tandem.testing;

import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * A call that is under way. The server is held back while the test does not read. Used by one
 * thread; its waits throw {@link IllegalStateException} after 20 s.
 *
 * @param <R> the response message
 */
public interface OpenCall<R> extends AutoCloseable, AssertProvider<OpenCallAssert<R>> {
    /** The next message, waiting for it; null when there is none any more. */
    @Nullable R next();

    /** Reads what is left; its messages are all that came since the call's begin. */
    Reply<R> rest();

    /**
     * Leaves, however far it got: RST_STREAM with HTTP/2, the connection's end with HTTP/1.1 and
     * WebSocket.
     *
     * @return the moment, by {@code System.nanoTime()}
     */
    long leave();

    /** For AssertJ: {@code assertThat(call).next().isEqualTo(…)}. */
    @Override
    default OpenCallAssert<R> assertThat() {
        return new OpenCallAssert<>(this);
    }

    /** As {@link #leave()}. */
    @Override
    default void close() {
        leave();
    }
}
