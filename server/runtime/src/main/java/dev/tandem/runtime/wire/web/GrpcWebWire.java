package dev.tandem.runtime.wire.web;

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
 * gRPC-Web, binary and text: answers each owned request as one call of a method, on its thread.
 * Safe for use by any number at once.
 */
public final class GrpcWebWire implements StreamOwnership, StreamHandler {
    private static final String BINARY = "application/grpc-web";
    private static final String TEXT = "application/grpc-web-text";
    private static final Map<String, Format> TYPES =
            new TreeMap<>(
                    Map.of(
                            BINARY,
                            Format.PROTO,
                            BINARY + "+proto",
                            Format.PROTO,
                            BINARY + "+json",
                            Format.JSON,
                            TEXT,
                            Format.PROTO,
                            TEXT + "+proto",
                            Format.PROTO));

    private final Serving serving;
    private final Protocol binary;
    private final Protocol text;

    /** A wire for these services. */
    public GrpcWebWire(Serving serving) {
        this.serving = serving;
        this.binary = new GrpcWebProtocol(BINARY, serving.details());
        this.text = new GrpcWebProtocol(TEXT, serving.details());
    }

    /** Whether a request is gRPC-Web's to answer, be it with 415. */
    @Override
    public boolean owns(String method, String path, Headers headers) {
        return ContentType.of(headers).startsWith(BINARY);
    }

    @Override
    public void handle(OwnedStream stream) {
        String type = ContentType.of(stream.headers());
        Format format = TYPES.get(type);
        if (!stream.method().equals("POST")) {
            ContentType.refuseVerb(stream, "POST");
        } else if (format == null) {
            ContentType.refuse(stream, TYPES.keySet());
        } else if (type.startsWith(TEXT)) {
            answer(new TextStream(stream), text, format);
        } else {
            answer(stream, binary, format);
        }
    }

    private void answer(OwnedStream stream, Protocol protocol, Format format) {
        Exchange.answer(stream, serving.methods().find(stream.path()), serving, protocol, format);
    }
}
