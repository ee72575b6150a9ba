package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.wire.connection.Peer;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.http2.Http2Exception;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The body of a request, JSON or a form, read whole and bounded. */
final class RequestBody {
    private static final byte[] NOTHING = {};

    private final ServerRequest request;
    private final Reply reply;
    private final Call call;
    private final int limit;

    /**
     * @param limit the largest body in bytes
     */
    RequestBody(ServerRequest request, Reply reply, Call call, int limit) {
        this.request = request;
        this.reply = reply;
        this.call = call;
        this.limit = limit;
    }

    /**
     * Reads it; null where the request has none.
     *
     * @param forms are forms taken besides JSON?
     * @throws ApiException where it is too large, or of another type by its headers
     * @throws CancelledException when the client left before its end
     */
    @Nullable Content read(boolean forms) {
        if (!request.content().hasEntity()) {
            return null;
        }
        ContentCoding coding =
                ContentCoding.ofBody(request.headers().values(HeaderNames.CONTENT_ENCODING));
        if (coding == ContentCoding.OTHER) {
            reply.header(HeaderNames.ACCEPT_ENCODING, "gzip"); // RFC 9110, section 12.5.3
            throw RestErrors.encoded().toException();
        }
        boolean packed = coding == ContentCoding.GZIP;
        if (!packed && request.headers().contentLength().orElse(0) > limit) {
            throw RestErrors.tooLarge(limit).toException();
        }
        byte[] bytes = bytes(packed);
        if (bytes.length == 0) {
            return null; // no body, whatever the framing: no type to complain of
        }
        return Content.of(type(), bytes, forms);
    }

    /**
     * For methods that have no use for a body: what it says would be lost without a word.
     *
     * @throws ApiException where there is one
     * @throws CancelledException when the client left before its end
     */
    void refuse() {
        if (request.content().hasEntity()
                && (request.headers().contentLength().orElse(0) > 0 || bytes(false).length > 0)) {
            throw RestErrors.unexpectedBody().toException();
        }
    }

    /** Finds out whether the end was one: an interrupt looks like it. */
    private void requireWhole(BodyRead read) {
        call.check();
        if (read.tooSlow()) {
            throw RestErrors.tooSlow().toException();
        }
    }

    private String type() {
        List<String> types = request.headers().values(HeaderNames.CONTENT_TYPE);
        return types.size() == 1 ? types.getFirst() : "";
    }

    /**
     * @param packed is it gzip? The limit is one of the unpacked bytes
     */
    private byte[] bytes(boolean packed) {
        if (!reply.isHttp1()) {
            return readBytes(packed);
        }
        // an interrupt would close the connection, and a caller whose time is up not hear of it
        AtomicReference<byte[]> bytes = new AtomicReference<>(NOTHING);
        call.undisturbed(() -> bytes.set(readBytes(packed)));
        call.check();
        return bytes.get();
    }

    /** How many bytes are asked for: one more than there may be, so that its absence is seen. */
    private int most(boolean packed) {
        long claimed = packed ? limit : request.headers().contentLength().orElse(limit);
        return (int) Math.min(limit, claimed) + 1;
    }

    private byte[] readBytes(boolean packed) {
        byte[] bytes;
        BodyRead read = new BodyRead(request);
        try (read) {
            InputStream in = request.content().inputStream(); // closing it would read the rest
            InputStream plain = packed ? Gzip.unpacked(in) : in;
            bytes = plain.readNBytes(most(packed)); // grows as bytes come
        } catch (ZipException | EOFException e) {
            requireWhole(read);
            throw RestErrors.notGzip().toException();
        } catch (IllegalStateException e) { // Helidon 4.5.0 was interrupted at its own work
            requireWhole(read);
            throw e;
        } catch (RequestException e) {
            reply.closeConnection(); // where the next request begins is not known
            ApiError error = HelidonErrors.translated(e);
            boolean tooLarge = error.code() == Code.TOO_LARGE;
            throw (tooLarge ? RestErrors.tooLarge(limit) : error).toException();
        } catch (IOException
                | UncheckedIOException
                | DataReader.InsufficientDataAvailableException
                | CloseConnectionException
                | Http2Exception e) {
            CancelCause cause = Peer.whyGone(request);
            call.cancel(cause);
            throw new CancelledException(cause);
        }
        requireWhole(read);
        if (bytes.length > limit) {
            throw RestErrors.tooLarge(limit).toException();
        }
        return bytes;
    }
}
