package dev.tandem.runtime.wire.envelope;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamHandler;
import dev.tandem.runtime.wire.connection.StreamOwnership;
import io.helidon.http.Headers;
import java.util.List;
import java.util.Set;

/**
 * What is sent to a method in a content type that no protocol has: 415. To be asked behind the
 * protocols.
 */
public final class UnservedTypes implements StreamOwnership, StreamHandler {
    private static final List<String> SERVED =
            List.of(
                    "application/json",
                    "application/proto",
                    "application/connect+json",
                    "application/connect+proto",
                    "application/grpc",
                    "application/grpc-web",
                    "application/grpc-web-text");

    /** REST's; curl names the second by itself, and REST says then what to do. */
    private static final Set<String> RESTS =
            Set.of("", "application/json", "application/x-www-form-urlencoded");

    private final MethodTable methods;

    /** For requests of these methods. */
    public UnservedTypes(MethodTable methods) {
        this.methods = methods;
    }

    @Override
    public boolean owns(String method, String path, Headers headers) {
        return method.equals("POST")
                && !RESTS.contains(ContentType.of(headers))
                && methods.find(path) != null;
    }

    @Override
    public void handle(OwnedStream stream) {
        ContentType.refuse(stream, SERVED);
    }
}
