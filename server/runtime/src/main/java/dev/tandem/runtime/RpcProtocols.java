package dev.tandem.runtime;

import dev.tandem.runtime.wire.connect.ConnectWire;
import dev.tandem.runtime.wire.envelope.Serving;
import dev.tandem.runtime.wire.envelope.UnservedTypes;
import dev.tandem.runtime.wire.grpc.GrpcWire;
import dev.tandem.runtime.wire.port.RpcWires;
import dev.tandem.runtime.wire.web.GrpcWebWire;
import java.util.List;

/**
 * The protocols that answer by themselves, by HTTP version: native gRPC needs the trailers of
 * HTTP/2.
 */
record RpcProtocols(RpcWires overHttp2, RpcWires overHttp1) {
    static RpcProtocols of(Serving serving) {
        RpcWires.Wire grpc = RpcWires.Wire.of(new GrpcWire(serving));
        RpcWires.Wire web = RpcWires.Wire.of(new GrpcWebWire(serving));
        RpcWires.Wire connect = RpcWires.Wire.of(new ConnectWire(serving));
        RpcWires.Wire others = RpcWires.Wire.of(new UnservedTypes(serving.methods()));
        return new RpcProtocols(
                new RpcWires(List.of(grpc, web, connect, others)),
                new RpcWires(List.of(web, connect, others)));
    }
}
