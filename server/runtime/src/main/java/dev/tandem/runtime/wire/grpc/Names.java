package dev.tandem.runtime.wire.grpc;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.util.Set;

/** The headers of the protocol. */
final class Names {
    static final HeaderName TIMEOUT = HeaderNames.create("grpc-timeout");
    static final HeaderName ENCODING = HeaderNames.create("grpc-encoding");
    static final HeaderName ACCEPT_ENCODING = HeaderNames.create("grpc-accept-encoding");

    static final String STATUS = "grpc-status";
    static final String MESSAGE = "grpc-message";
    static final String DETAILS = "grpc-status-details-bin";
    static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");

    static final String GZIP = "gzip";
    static final String IDENTITY = "identity";

    static final Header GRPC_CONTENT =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/grpc");
    static final Header ACCEPTED_ENCODINGS =
            HeaderValues.createCached(ACCEPT_ENCODING, IDENTITY + "," + GZIP);
    static final Header GZIP_ENCODING = HeaderValues.createCached(ENCODING, GZIP);

    /** What is the protocol's own and not a handler's to set. */
    private static final Set<String> RESERVED =
            Set.of(
                    STATUS,
                    MESSAGE,
                    REQUEST_ID.lowerCase(),
                    ENCODING.lowerCase(),
                    ACCEPT_ENCODING.lowerCase(),
                    "connection",
                    "content-length",
                    "content-type",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "transfer-encoding",
                    "upgrade");

    private Names() {}

    /** Whether a header or trailer of this name, in lower case, is a handler's to set. */
    static boolean free(String name) {
        return !RESERVED.contains(name);
    }
}
