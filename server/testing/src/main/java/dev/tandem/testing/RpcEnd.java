package dev.tandem.testing;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a call by gRPC-Web or Connect ended.
 *
 * @param code the gRPC status code
 * @param failure what went wrong, or null
 * @param trailers names in lower case
 */
record RpcEnd(int code, @Nullable Failure failure, Map<String, List<String>> trailers) {
    static final RpcEnd GOOD = new RpcEnd(0, null, Map.of());

    /** From the lines of gRPC-Web's last frame. */
    static RpcEnd ofTrailers(String lines) {
        Map<String, List<String>> trailers = new LinkedHashMap<>();
        lines.lines()
                .filter(line -> line.contains(":"))
                .forEach(line -> {
                    int colon = line.indexOf(':');
                    String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                    trailers.put(name, List.of(line.substring(colon + 1).strip()));
                });
        return ofTrailers(trailers);
    }

    /** From the headers of an answer that has no body, or the trailers of one that has. */
    static RpcEnd ofTrailers(Map<String, List<String>> trailers) {
        String status = first(trailers, "grpc-status");
        if (status.isEmpty()) {
            throw new IllegalStateException("the call ended without a status: " + trailers);
        }
        int code = Integer.parseInt(status);
        if (code == 0) {
            return new RpcEnd(0, null, trailers);
        }
        String message =
                URLDecoder.decode(
                        first(trailers, "grpc-message").replace("+", "%2B"),
                        StandardCharsets.UTF_8);
        Status details = details(first(trailers, "grpc-status-details-bin"));
        return new RpcEnd(code, GrpcErrors.of(message, details), trailers);
    }

    private static String first(Map<String, List<String>> fields, String name) {
        return fields.getOrDefault(name, List.of("")).getFirst();
    }

    private static Status details(String base64) {
        try {
            return Status.parseFrom(Base64.getDecoder().decode(base64));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the details of the status are broken", e);
        }
    }
}
