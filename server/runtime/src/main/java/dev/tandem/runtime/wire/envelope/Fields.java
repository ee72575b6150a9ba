package dev.tandem.runtime.wire.envelope;

import dev.tandem.runtime.call.Answer;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import java.util.List;
import java.util.Set;

/** The headers and trailers of an answer. */
public final class Fields {
    /** Under which id the server knows the call. */
    public static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");

    /** What is the protocols' own and not a handler's to set. */
    private static final Set<String> RESERVED =
            Set.of(
                    "grpc-status",
                    "grpc-message",
                    "grpc-status-details-bin",
                    "grpc-encoding",
                    "grpc-accept-encoding",
                    "connect-content-encoding",
                    "connect-accept-encoding",
                    REQUEST_ID.lowerCase(),
                    "connection",
                    "content-encoding",
                    "content-length",
                    "content-type",
                    "keep-alive",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private Fields() {}

    /** Whether a header or trailer of this name, in lower case, is a handler's to set. */
    public static boolean free(String name) {
        return !RESERVED.contains(name);
    }

    /** Adds a field. */
    public static void add(WritableHeaders<?> headers, Answer.Field field) {
        headers.add(HeaderValues.create(HeaderNames.create(field.name()), field.value()));
    }

    /** Adds those that are a handler's to set. */
    public static void addFree(WritableHeaders<?> headers, List<Answer.Field> fields) {
        for (Answer.Field field : fields) {
            if (free(field.name())) {
                add(headers, field);
            }
        }
    }
}
