package dev.tandem.runtime.wire.envelope;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;

/**
 * The headers that name encodings, in requests and answers.
 *
 * @param encoding names that of the compressed messages
 * @param accept lists those that the sender takes
 * @param gzip an answer's, where messages may be compressed
 * @param accepted an answer's: what requests may have
 */
public record EncodingHeaders(
        HeaderName encoding, HeaderName accept, Header gzip, Header accepted) {
    /** The headers with these names. */
    public static EncodingHeaders of(String encoding, String accept) {
        HeaderName encodingName = HeaderNames.create(encoding);
        HeaderName acceptName = HeaderNames.create(accept);
        return new EncodingHeaders(
                encodingName,
                acceptName,
                HeaderValues.createCached(encodingName, Encodings.GZIP),
                HeaderValues.createCached(acceptName, Encodings.IDENTITY + "," + Encodings.GZIP));
    }
}
