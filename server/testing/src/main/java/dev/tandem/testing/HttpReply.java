package dev.tandem.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a plain HTTP request.
 *
 * @param status the HTTP status
 * @param headers names in lower case
 * @param body as text
 */
public record HttpReply(int status, Map<String, List<String>> headers, String body)
        implements AssertProvider<HttpReplyAssert> {

    /** The first value of a header; the name in lower case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** For AssertJ: {@code assertThat(reply).hasStatus(200)}. */
    @Override
    public HttpReplyAssert assertThat() {
        return new HttpReplyAssert(this);
    }

    /** The error that the body tells, or null where it tells none. */
    public @Nullable Failure failure() {
        Failure failure = ErrorJson.parse(body);
        Optional<String> seconds = header("retry-after");
        return failure == null || seconds.isEmpty() ? failure : failure.retryAfter(seconds.get());
    }
}
