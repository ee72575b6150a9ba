package dev.tandem.runtime.wire.envelope;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Head;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.Headers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** In what the protocols of enveloped messages differ. Immutable; for all threads. */
public interface Protocol {
    /** The wire's name. */
    Head.Wire wire();

    /** Which request header says how long the call may take. */
    HeaderName timeout();

    /** The time that such a header says, or null where it has not its form. */
    @Nullable Duration timeout(String value);

    /** What form that is, in words. */
    String timeoutForm();

    /** The headers that name encodings. */
    EncodingHeaders encodings();

    /** What is wrong with a request's headers beside, or null. */
    default @Nullable ApiError refusal(Headers request) {
        return null;
    }

    /** The {@code content-type} of answers. */
    Header contentType(Format format);

    /**
     * Ends an answer, as the protocol tells its end.
     *
     * @param error what went wrong, or null
     */
    void end(Response response, Call call, @Nullable ApiError error);
}
