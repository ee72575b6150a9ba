package dev.tandem.runtime.wire.grpc;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamHandler;
import dev.tandem.runtime.wire.connection.StreamOwnership;
import dev.tandem.runtime.wire.envelope.ContentType;
import dev.tandem.runtime.wire.envelope.Exchange;
import dev.tandem.runtime.wire.envelope.Format;
import dev.tandem.runtime.wire.envelope.Protocol;
import dev.tandem.runtime.wire.envelope.Serving;
import io.helidon.http.Headers;
import java.util.Map;
import java.util.TreeMap;

/**
 * Native gRPC: answers each owned stream as one call of a method, on the stream's thread. Safe for
 * use by any number of streams at once.
 */
public final class GrpcWire implements StreamOwnership, StreamHandler {
    private static final String FAMILY = "application/grpc";
    private static final Map<String, Format> TYPES =
            new TreeMap<>(
                    Map.of(
                            FAMILY,
                            Format.PROTO,
                            FAMILY + "+proto",
                            Format.PROTO,
                            FAMILY + "+json",
                            Format.JSON));

    private final Serving serving;
    private final Protocol protocol;

    /** A wire for these services. */
    public GrpcWire(Serving serving) {
        this.serving = serving;
        this.protocol = new GrpcProtocol(serving.details());
    }

    /** Whether a stream is native gRPC's to answer, be it with 415. Not gRPC-Web's. */
    @Override
    public boolean owns(String method, String path, Headers headers) {
        String type = ContentType.of(headers);
        return type.equals(FAMILY) || type.startsWith(FAMILY + "+");
    }

    @Override
    public void handle(OwnedStream stream) {
        Format format = TYPES.get(ContentType.of(stream.headers()));
        if (!stream.method().equals("POST")) {
            ContentType.refuseVerb(stream, "POST");
        } else if (format == null) {
            ContentType.refuse(stream, TYPES.keySet());
        } else {
            Exchange.answer(
                    stream, serving.methods().find(stream.path()), serving, protocol, format);
        }
    }
}
