package dev.tandem.runtime.wire.grpc;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Native gRPC: answers each owned stream as one call of a method, on the stream's thread. Safe for
 * use by any number of streams at once.
 */
public final class GrpcWire implements StreamHandler {
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final Set<String> CONTENT_TYPES =
            Set.of("application/grpc", "application/grpc+proto");

    private final Map<String, Method<?, ?>> methods = new HashMap<>();
    private final Pipeline pipeline;
    private final Calls calls;
    private final GrpcSettings settings;

    /**
     * @param services what is served
     * @param pipeline the policies before and around every method
     * @param calls where the calls of this wire are known
     */
    public GrpcWire(
            Collection<Service> services, Pipeline pipeline, Calls calls, GrpcSettings settings) {
        for (Service service : services) {
            for (Method<?, ?> method : service.methods()) {
                if (methods.put(method.fullName(), pipeline.wrap(method)) != null) {
                    throw new IllegalArgumentException(service.name() + " is served twice");
                }
            }
        }
        this.pipeline = pipeline;
        this.calls = calls;
        this.settings = settings;
    }

    /**
     * Whether a stream with this content type is native gRPC's to answer, be it with 415. Not
     * gRPC-Web's.
     *
     * @param contentType as sent; null where there is none
     */
    public static boolean owns(@Nullable String contentType) {
        return contentType != null && mediaType(contentType).matches("application/grpc(\\+.*)?");
    }

    @Override
    public void handle(OwnedStream stream) throws InterruptedException {
        if (!stream.method().equals("POST")) {
            refuse(stream, METHOD_NOT_ALLOWED);
            return;
        }
        String type = stream.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!CONTENT_TYPES.contains(mediaType(type))) {
            refuse(stream, UNSUPPORTED_MEDIA_TYPE);
            return;
        }
        Optional<String> limit = stream.headers().first(Names.TIMEOUT);
        Duration timeout = limit.map(Timeout::parse).orElse(null);
        Call call = calls.open(head(stream), timeout);
        try {
            new Exchange(stream, call, pipeline, settings)
                    .answer(find(stream.path()), limit.isPresent() && timeout == null);
        } finally {
            calls.close(call);
        }
    }

    private @Nullable Method<?, ?> find(String path) {
        return path.startsWith("/") ? methods.get(path.substring(1)) : null;
    }

    private Head head(OwnedStream stream) {
        Method<?, ?> method = find(stream.path());
        return new Head(
                Head.Wire.GRPC,
                stream.method(),
                stream.path(),
                method == null ? null : method.fullName(),
                copy(stream.headers()),
                stream.peer().address());
    }

    private static Map<String, List<String>> copy(Headers headers) {
        Map<String, List<String>> copy = HashMap.newHashMap(headers.size());
        for (Header header : headers) {
            copy.put(header.headerName().lowerCase(), header.allValues());
        }
        return Map.copyOf(copy);
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private static void refuse(OwnedStream stream, int status) {
        WritableHeaders<?> headers = WritableHeaders.create();
        if (status == METHOD_NOT_ALLOWED) {
            headers.set(HeaderValues.create(HeaderNames.ALLOW, "POST"));
        } else {
            headers.set(HeaderValues.create("accept-post", String.join(", ", CONTENT_TYPES)));
        }
        stream.headers(status, headers, true);
    }
}
