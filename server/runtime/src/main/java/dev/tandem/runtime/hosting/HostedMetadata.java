package dev.tandem.runtime.hosting;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Reasons;
import io.grpc.Metadata;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Headers and trailers as grpc-java knows them. */
final class HostedMetadata {
    private static final String BINARY = Metadata.BINARY_HEADER_SUFFIX;
    private static final Set<String> PROTOCOL =
            Set.of("te", "connection", "host", "grpc-encoding", "grpc-timeout", "content-length");

    /** What grpc-java takes for a name; HTTP knows more. */
    private static final Pattern NAME = Pattern.compile("[0-9a-z_.-]+");

    private static final Base64.Encoder UNPADDED = Base64.getEncoder().withoutPadding();

    private HostedMetadata() {}

    /** The request's headers, without the protocol's own; binary ones decoded. */
    static Metadata of(Head head) {
        Metadata metadata = new Metadata();
        for (Map.Entry<String, List<String>> header : head.headers().entrySet()) {
            String name = header.getKey();
            if (!PROTOCOL.contains(name) && NAME.matcher(name).matches()) {
                header.getValue().forEach(value -> put(metadata, name, value));
            }
        }
        return metadata;
    }

    private static void put(Metadata metadata, String name, String value) {
        if (!name.endsWith(BINARY)) {
            metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
            return;
        }
        Metadata.Key<byte[]> key = Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
        for (String one : value.split(",", -1)) { // several values may share a line
            try {
                metadata.put(key, Base64.getDecoder().decode(one.strip()));
            } catch (IllegalArgumentException e) {
                throw ApiError.ofParam(
                                Reasons.INVALID_HEADER,
                                name,
                                "The header " + name + " is not base64, as its name says it is.")
                        .toException();
            }
        }
    }

    /** Hands on every entry as it stands on the wire: ASCII, binary ones in base64. */
    static void write(Metadata metadata, BiConsumer<String, String> target) {
        for (String name : metadata.keys()) {
            if (name.endsWith(BINARY)) {
                all(metadata, Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER))
                        .forEach(value -> target.accept(name, UNPADDED.encodeToString(value)));
            } else {
                all(metadata, Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER))
                        .forEach(value -> target.accept(name, ascii(value)));
            }
        }
    }

    private static <T> Iterable<T> all(Metadata metadata, Metadata.Key<T> key) {
        Iterable<T> values = metadata.getAll(key);
        return values == null ? List.of() : values;
    }

    /** grpc-java writes what is not ASCII as a question mark too. */
    private static String ascii(String value) {
        return value.replaceAll("[^ -~]", "?");
    }
}
