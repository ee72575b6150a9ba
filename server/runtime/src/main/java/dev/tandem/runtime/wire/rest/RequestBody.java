package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Code;
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
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The JSON body of a request, read whole and bounded. */
final class RequestBody {
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
     * @throws ApiException where it is too large or no JSON by its headers
     * @throws CancelledException when the client left before its end
     */
    byte @Nullable [] read() {
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
        boolean json = MediaTypes.isJson(type());
        byte[] bytes = bytes(packed);
        if (bytes.length == 0) {
            return null; // no body, whatever the framing: no type to complain of
        }
        if (!json) {
            throw RestErrors.notJson().toException();
        }
        return bytes;
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

    private String type() {
        List<String> types = request.headers().values(HeaderNames.CONTENT_TYPE);
        return types.size() == 1 ? types.getFirst() : "";
    }

    /**
     * @param packed is it gzip? The limit is one of the unpacked bytes
     */
    private byte[] bytes(boolean packed) {
        byte[] bytes;
        try {
            InputStream in = request.content().inputStream(); // closing it would read the rest
            InputStream plain = packed ? Gzip.unpacked(in) : in;
            bytes = plain.readNBytes(limit + 1); // grows as bytes come, whatever length was claimed
        } catch (ZipException | EOFException e) {
            throw RestErrors.notGzip().toException();
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
            call.cancel(CancelCause.CLIENT_LEFT);
            throw new CancelledException(CancelCause.CLIENT_LEFT);
        }
        if (bytes.length > limit) {
            throw RestErrors.tooLarge(limit).toException();
        }
        return bytes;
    }
}
