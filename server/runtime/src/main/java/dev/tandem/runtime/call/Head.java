package dev.tandem.runtime.call;

import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
        REST,
        /** Messages in WebSocket frames, for methods whose clients stream. */
        WEBSOCKET
    }

    /** The first value of a header; the name in lower case. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** Characters of a language with its weight; Java's lookup is slow with long ones. */
    private static final int LONGEST_LANGUAGE = 64;

    /** Of a list; people know fewer. */
    private static final int MOST_LANGUAGES = 20;

    /**
     * The best of some languages for the caller, by its {@code Accept-Language} and the lookup of
     * RFC 4647, section 3.4: {@code de-CH} finds {@code de}, not the other way round. Of a long
     * list the first 20 count.
     *
     * @param offered at least one; the first is for callers who want none of them, or say nothing
     */
    public Locale locale(List<Locale> offered) {
        String wanted =
                headers.getOrDefault("accept-language", List.of()).stream()
                        .flatMap(value -> Arrays.stream(value.split(",", -1)))
                        .filter(each -> each.length() <= LONGEST_LANGUAGE)
                        .limit(MOST_LANGUAGES)
                        .collect(Collectors.joining(","));
        try {
            List<LanguageRange> ranges =
                    LanguageRange.parse(wanted).stream()
                            .filter(range -> range.getWeight() > 0)
                            .toList();
            Locale found = Locale.lookup(ranges, offered);
            return found == null ? offered.getFirst() : found;
        } catch (IllegalArgumentException e) {
            return offered.getFirst(); // nothing was said that has the form of it
        }
    }

    /** Without the headers: they carry credentials. On one line, whatever the path is. */
    @Override
    public String toString() {
        return wire + " " + verb + " " + path.replaceAll("\\p{Cntrl}", "?");
    }
}
