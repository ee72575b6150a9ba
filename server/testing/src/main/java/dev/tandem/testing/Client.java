package dev.tandem.testing;

import com.google.protobuf.Descriptors;
import com.google.protobuf.Message;
import dev.tandem.transcoding.json.JsonCodecs;
import dev.tandem.transcoding.json.Profile;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls a server on this machine by every wire. For one thread at a time. */
public final class Client implements AutoCloseable {
    /** In bytes; fixed, so that a reader who stops is felt by the server soon. */
    private static final int GRPC_WINDOW = 64 << 10;

    private final int port;
    private final ManagedChannel channel;
    private final Map<Profile, JsonCodecs> codecs = new EnumMap<>(Profile.class);
    private @Nullable Http2Connection connection;

    /** For the server on this port of 127.0.0.1. */
    public Client(int port) {
        this.port = port;
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .flowControlWindow(GRPC_WINDOW)
                        .build();
    }

    /** Calls and reads the whole answer. */
    public <Q extends Message, R extends Message> Reply<R> call(
            Wire wire, MethodDescriptor<Q, R> method, Q request) {
        return call(wire, method, request, Caller.PLAIN);
    }

    /** Calls with headers and a time limit and reads the whole answer. */
    public <Q extends Message, R extends Message> Reply<R> call(
            Wire wire, MethodDescriptor<Q, R> method, Q request, Caller caller) {
        return call(wire, method, List.of(request), caller);
    }

    /**
     * Calls a method whose client streams, with all its messages, and reads the whole answer. By
     * gRPC, gRPC-Web, Connect and WebSocket; other wires take one message.
     */
    public <Q extends Message, R extends Message> Reply<R> call(
            Wire wire, MethodDescriptor<Q, R> method, List<Q> requests, Caller caller) {
        try (OpenCall<R> call = open(wire, method, requests, caller)) {
            return call.rest();
        }
    }

    /** Begins a call; the caller reads as much as it likes and closes it. */
    public <Q extends Message, R extends Message> OpenCall<R> open(
            Wire wire, MethodDescriptor<Q, R> method, Q request) {
        return open(wire, method, request, Caller.PLAIN);
    }

    /** Begins a call; the caller reads as much as it likes and closes it. */
    public <Q extends Message, R extends Message> OpenCall<R> open(
            Wire wire, MethodDescriptor<Q, R> method, Q request, Caller caller) {
        return open(wire, method, List.of(request), caller);
    }

    /** Begins a call with all the messages of the client; the caller closes it. */
    public <Q extends Message, R extends Message> OpenCall<R> open(
            Wire wire, MethodDescriptor<Q, R> method, List<Q> requests, Caller caller) {
        if (wire == Wire.GRPC || wire == Wire.WEBSOCKET) {
            Conversation<Q, R> call = converse(wire, method, caller);
            requests.forEach(call::send);
            call.finish();
            return call;
        }
        R prototype = prototype(method);
        if (wire.rpc()) {
            HttpRequest request = RpcRequest.of(wire, method, requests, caller);
            HttpExchange exchange = send(wire.version(), request);
            boolean alone = RpcRequest.alone(wire, method);
            return new RpcOpenCall<>(wire, exchange, alone, prototype);
        }
        if (requests.size() != 1) {
            throw new IllegalArgumentException(wire + " takes one message, not " + requests.size());
        }
        HttpBinding binding = HttpBinding.of(descriptor(method), this::codecs);
        HttpRequest request = binding.request(requests.getFirst(), wire, caller);
        return new HttpOpenCall<>(wire, send(wire.version(), request), binding, prototype);
    }

    /** Begins a call by gRPC that sends and reads in turns; the caller closes it. */
    public <Q extends Message, R extends Message> Conversation<Q, R> converse(
            MethodDescriptor<Q, R> method, Caller caller) {
        return GrpcOpenCall.open(channel, method, caller);
    }

    /**
     * Begins a call that sends and reads in turns; the caller closes it.
     *
     * @param wire {@link Wire#GRPC} or {@link Wire#WEBSOCKET}: the others send all messages at once
     */
    public <Q extends Message, R extends Message> Conversation<Q, R> converse(
            Wire wire, MethodDescriptor<Q, R> method, Caller caller) {
        return switch (wire) {
            case GRPC -> converse(method, caller);
            case WEBSOCKET -> socket(method, caller);
            default -> throw new IllegalArgumentException(wire + " cannot send and read in turns");
        };
    }

    private <Q extends Message, R extends Message> Conversation<Q, R> socket(
            MethodDescriptor<Q, R> method, Caller caller) {
        if (method.getType().clientSendsOneMessage()) {
            throw new IllegalArgumentException(
                    method.getFullMethodName() + " is no WebSocket: its client sends one message");
        }
        HttpBinding binding = HttpBinding.of(descriptor(method), this::codecs);
        return SocketOpenCall.open(port, binding, caller, prototype(method));
    }

    /** Sends an HTTP request as it stands and reads the whole answer. */
    public HttpReply http(Wire.Version version, HttpRequest request) {
        try (HttpExchange exchange = send(version, request)) {
            return new HttpReply(
                    exchange.status(),
                    exchange.headers(),
                    new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpExchange send(Wire.Version version, HttpRequest request) {
        try {
            return switch (version) {
                case HTTP_1_1 -> Http1Exchange.send(port, request);
                case HTTP_2 -> connection().send(request);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonCodecs codecs(Profile profile) {
        return codecs.computeIfAbsent(profile, JsonCodecs::new);
    }

    private Http2Connection connection() {
        Http2Connection open = connection;
        if (open == null) {
            open = new Http2Connection(port);
            connection = open;
        }
        return open;
    }

    private static Descriptors.MethodDescriptor descriptor(MethodDescriptor<?, ?> method) {
        if (method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier) {
            return supplier.getMethodDescriptor();
        }
        throw new IllegalArgumentException(method + " was not generated from a .proto file");
    }

    private static <R extends Message> R prototype(MethodDescriptor<?, R> method) {
        if (method.getResponseMarshaller() instanceof PrototypeMarshaller<R> marshaller
                && marshaller.getMessagePrototype() != null) {
            return marshaller.getMessagePrototype();
        }
        throw new IllegalArgumentException(method + " has no protobuf marshaller");
    }

    @Override
    public void close() {
        channel.shutdownNow();
        if (connection != null) {
            connection.close();
        }
    }
}
