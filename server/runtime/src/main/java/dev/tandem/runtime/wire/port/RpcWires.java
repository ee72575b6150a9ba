package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamHandler;
import dev.tandem.runtime.wire.connection.StreamOwnership;
import io.helidon.http.Headers;
import java.util.List;

/** Several protocols as one: a request is the first one's that owns it. */
public final class RpcWires implements StreamOwnership, StreamHandler {
    /**
     * One protocol.
     *
     * @param ownership says which requests are its own
     * @param handler answers them
     */
    public record Wire(StreamOwnership ownership, StreamHandler handler) {
        /** A protocol that is both. */
        public static <W extends StreamOwnership & StreamHandler> Wire of(W wire) {
            return new Wire(wire, wire);
        }
    }

    private final List<Wire> wires;

    /** The protocols, in the order in which they are asked. */
    public RpcWires(List<Wire> wires) {
        this.wires = List.copyOf(wires);
    }

    @Override
    public boolean owns(String method, String path, Headers headers) {
        for (Wire wire : wires) {
            if (wire.ownership().owns(method, path, headers)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void handle(OwnedStream stream) throws InterruptedException {
        for (Wire wire : wires) {
            if (wire.ownership().owns(stream.method(), stream.path(), stream.headers())) {
                wire.handler().handle(stream);
                return;
            }
        }
        throw new IllegalStateException("nobody owns " + stream.method() + " " + stream.path());
    }
}
