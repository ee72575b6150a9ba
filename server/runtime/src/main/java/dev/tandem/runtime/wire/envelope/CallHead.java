package dev.tandem.runtime.wire.envelope;

import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.PeerCertificate;
import io.helidon.http.Header;
import io.helidon.http.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a stream tells of its call before its body is read. */
public final class CallHead {
    private CallHead() {}

    /**
     * The head of a call.
     *
     * @param rpc what is called; null where there is no such method
     */
    public static Head of(OwnedStream stream, Head.Wire wire, @Nullable Rpc rpc) {
        return new Head(
                wire,
                stream.method(),
                MethodTable.pathOf(stream.path()),
                rpc == null ? null : rpc.method().fullName(),
                copy(stream.headers()),
                stream.peer().address(),
                PeerCertificate.of(stream.peer()));
    }

    private static Map<String, List<String>> copy(Headers headers) {
        Map<String, List<String>> copy = HashMap.newHashMap(headers.size());
        for (Header header : headers) {
            copy.put(header.headerName().lowerCase(), header.allValues());
        }
        return Map.copyOf(copy);
    }
}
