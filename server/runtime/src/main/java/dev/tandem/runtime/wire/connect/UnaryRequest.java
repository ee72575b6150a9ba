package dev.tandem.runtime.wire.connect;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.envelope.Encodings;
import dev.tandem.runtime.wire.envelope.Exchange;
import dev.tandem.runtime.wire.envelope.Format;
import dev.tandem.runtime.wire.envelope.Gzip;
import dev.tandem.runtime.wire.envelope.RequestBytes;
import io.helidon.http.HeaderNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The one message of a unary request.
 *
 * @param format of the message
 * @param encoding in which it is compressed; empty for none
 * @param encodedBy which part of the request says so
 * @param packed where it is
 */
record UnaryRequest(Format format, String encoding, String encodedBy, Packed packed) {
    /** Where the bytes of the message are, compressed or not. */
    @FunctionalInterface
    interface Packed {
        /**
         * The bytes, at most so many.
         *
         * @throws ApiException where there are more, or they cannot be read
         * @throws CancelledException when the call is over
         */
        byte[] read(RequestBytes body, int limit) throws InterruptedException;
    }

    /** A message in a body. */
    static UnaryRequest posted(OwnedStream stream, Format format) {
        return new UnaryRequest(
                format,
                stream.headers().first(HeaderNames.CONTENT_ENCODING).orElse(""),
                "content-encoding",
                UnaryRequest::whole);
    }

    /** A message in a query. */
    static UnaryRequest queried(GetQuery query, Format format) {
        return new UnaryRequest(
                format, query.text("compression"), "compression", (body, limit) -> query.message());
    }

    /** What of it cannot be read, or null. */
    @Nullable ApiError refusal() {
        return encoding.isEmpty() || Encodings.known(encoding)
                ? null
                : Exchange.unsupportedEncoding(encodedBy);
    }

    /**
     * The bytes of the message, uncompressed.
     *
     * @throws ApiException where they are more than the limit, or cannot be read
     * @throws CancelledException when the call is over
     */
    byte[] read(RequestBytes body, int limit) throws InterruptedException {
        byte[] bytes = packed.read(body, limit);
        if (!encoding.equals(Encodings.GZIP) || bytes.length == 0) {
            return bytes;
        }
        try {
            byte[] unpacked = Gzip.unpack(bytes, 0, bytes.length, limit);
            if (unpacked != null) {
                return unpacked;
            }
        } catch (IOException e) {
            throw ApiError.of(Reasons.MALFORMED_BODY, "The message is not gzip, as it says it is.")
                    .toException();
        }
        throw tooLarge(limit);
    }

    private static byte[] whole(RequestBytes body, int limit) throws InterruptedException {
        byte[] first = body.take();
        byte[] next = first.length == 0 ? first : body.take();
        if (next.length == 0 && first.length <= limit) {
            return first;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(first.length + next.length);
        all.writeBytes(first);
        while (next.length > 0 && all.size() + next.length <= limit) {
            all.writeBytes(next);
            next = body.take();
        }
        if (next.length > 0 || all.size() > limit) {
            throw tooLarge(limit);
        }
        return all.toByteArray();
    }

    private static ApiException tooLarge(int limit) {
        return ApiError.of(
                        Reasons.REQUEST_TOO_LARGE,
                        "The message is larger than the "
                                + limit
                                + " bytes that this server takes.")
                .toException();
    }
}
