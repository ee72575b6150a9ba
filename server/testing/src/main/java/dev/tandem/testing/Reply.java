package dev.tandem.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one call, whatever the wire.
 *
 * @param wire by which it came
 * @param status the gRPC status code, or the HTTP status. Of a stream that failed after its begin
 *     the HTTP status is 200 and the failure tells the rest. Of a WebSocket that was opened it is
 *     the one for which the close code stands: 200 for 1000, 404 for 4404
 * @param headers names in lower case
 * @param messages in the order in which they came
 * @param failure what went wrong, or null
 * @param done did the stream end with the end mark ({@code [DONE]}) of the method? Never with gRPC
 * @param lines what came as text, line by line without line ends; of a WebSocket its text frames
 *     and the end ({@code close 1000}); empty with gRPC
 * @param <R> the response message
 */
public record Reply<R>(
        Wire wire,
        int status,
        Map<String, List<String>> headers,
        List<R> messages,
        @Nullable Failure failure,
        boolean done,
        List<String> lines)
        implements AssertProvider<ReplyAssert<R>> {

    public Reply {
        messages = List.copyOf(messages);
        lines = List.copyOf(lines);
    }

    /** Did the call end well? */
    public boolean ok() {
        return failure == null && status == wire.ok();
    }

    /** The only message. */
    public R message() {
        if (messages.size() != 1) {
            throw new IllegalStateException("not one message but " + this);
        }
        return messages.getFirst();
    }

    /** What went wrong. */
    public Failure error() {
        if (failure == null) {
            throw new IllegalStateException("no failure but " + this);
        }
        return failure;
    }

    /** For AssertJ: {@code assertThat(reply).isOk()}. */
    @Override
    public ReplyAssert<R> assertThat() {
        return new ReplyAssert<>(this);
    }

    /** The first value of a header; the name in lower case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
}
