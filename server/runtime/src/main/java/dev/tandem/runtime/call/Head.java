package dev.tandem.runtime.call;

import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call before its body is read.
 *
 * @param wire by which wire it came
 * @param verb the HTTP method ({@code POST} for gRPC)
 * @param path the decoded path, without query
 * @param method the full name of the protobuf method ({@code tandem.v1.ChatService/Complete}); null
 *     where none is called (pages, health)
 * @param headers names in lower case, values as they came, in order
 * @param peer who is at the other end of the connection
 * @param peerCertificate the certificate that the client showed and that was checked, over mutual
 *     TLS; null where it showed none
 */
public record Head(
        Wire wire,
        String verb,
        String path,
        @Nullable String method,
        Map<String, List<String>> headers,
        SocketAddress peer,
        @Nullable X509Certificate peerCertificate) {

    /** A call whose client showed no certificate. */
    public Head(
            Wire wire,
            String verb,
            String path,
            @Nullable String method,
            Map<String, List<String>> headers,
            SocketAddress peer) {
        this(wire, verb, path, method, headers, peer, null);
    }

    /** The same call of a client that showed this certificate. */
    public Head withCertificate(@Nullable X509Certificate shown) {
        return new Head(wire, verb, path, method, headers, peer, shown);
    }

    /** The ways by which calls come in. */
    public enum Wire {
        /** Native gRPC. */
        GRPC,
        /** gRPC-Web, binary or text. */
        GRPC_WEB,
        /** The Connect protocol, unary or streaming. */
        CONNECT,
        /** JSON over HTTP, with SSE or NDJSON for streams. */
        REST
    }

    /** The first value of a header; the name in lower case. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** Without the headers: they carry credentials. On one line, whatever the path is. */
    @Override
    public String toString() {
        return wire + " " + verb + " " + path.replaceAll("\\p{Cntrl}", "?");
    }
}
