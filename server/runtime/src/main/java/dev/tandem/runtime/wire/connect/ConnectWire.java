package dev.tandem.runtime.wire.connect;

import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamHandler;
import dev.tandem.runtime.wire.connection.StreamOwnership;
import dev.tandem.runtime.wire.envelope.ContentType;
import dev.tandem.runtime.wire.envelope.Exchange;
import dev.tandem.runtime.wire.envelope.Format;
import dev.tandem.runtime.wire.envelope.Protocol;
import dev.tandem.runtime.wire.envelope.Rpc;
import dev.tandem.runtime.wire.envelope.Serving;
import io.helidon.http.Headers;
import java.util.Map;
import java.util.TreeMap;

/**
 * The Connect protocol: answers each owned request as one call of a method, on its thread. Safe for
 * use by any number at once.
 */
public final class ConnectWire implements StreamOwnership, StreamHandler {
    private static final String BINARY = "application/proto";
    private static final String STREAMS = "application/connect+";
    private static final Map<String, Format> UNARY =
            new TreeMap<>(Map.of(BINARY, Format.PROTO, "application/json", Format.JSON));
    private static final Map<String, Format> STREAMING =
            new TreeMap<>(Map.of(STREAMS + "proto", Format.PROTO, STREAMS + "json", Format.JSON));

    private final Serving serving;
    private final ConnectJson json;
    private final Protocol streams;

    /** A wire for these services. */
    public ConnectWire(Serving serving) {
        this.serving = serving;
        this.json = new ConnectJson(serving.details());
        this.streams = new ConnectProtocol(json);
    }

    /**
     * Whether a request is Connect's. JSON is where the header of Connect's clients says so;
     * otherwise it is REST's. A GET is where its query says so and there is such a method.
     */
    @Override
    public boolean owns(String method, String path, Headers headers) {
        if (headers.contains(ConnectProtocol.VERSION)) {
            return true;
        }
        String type = ContentType.of(headers);
        return type.equals(BINARY)
                || type.startsWith(STREAMS)
                || (method.equals("GET")
                        && GetQuery.isConnect(path)
                        && serving.methods().find(path) != null);
    }

    @Override
    public void handle(OwnedStream stream) {
        Rpc rpc = serving.methods().find(stream.path());
        boolean byGet = rpc != null && rpc.unary() && rpc.withoutSideEffects();
        if (rpc == null) {
            unary(stream).refuseUnknown();
        } else if (stream.method().equals("POST")) {
            post(stream, rpc);
        } else if (byGet && stream.method().equals("GET")) {
            get(stream, rpc);
        } else {
            ContentType.refuseVerb(stream, byGet ? "GET, POST" : "POST");
        }
    }

    private UnaryExchange unary(OwnedStream stream) {
        return new UnaryExchange(stream, serving, streams, json);
    }

    private void post(OwnedStream stream, Rpc rpc) {
        String type = ContentType.of(stream.headers());
        Map<String, Format> types = rpc.unary() ? UNARY : STREAMING;
        Format format = types.get(type);
        if (format == null) {
            ContentType.refuse(stream, types.keySet());
        } else if (rpc.unary()) {
            unary(stream).answer(rpc, UnaryRequest.posted(stream, format));
        } else {
            Exchange.answer(stream, rpc, serving, streams, format);
        }
    }

    private void get(OwnedStream stream, Rpc rpc) {
        UnaryExchange exchange = unary(stream);
        try {
            GetQuery query = GetQuery.of(stream.path());
            Format format = UNARY.get("application/" + query.text("encoding"));
            if (format == null) {
                ContentType.refuse(stream, UNARY.keySet());
            } else {
                exchange.answer(rpc, UnaryRequest.queried(query, format));
            }
        } catch (ApiException e) {
            exchange.refuse(rpc, e.error());
        }
    }
}
