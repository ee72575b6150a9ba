package dev.tandem.testing;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls of gRPC-Web and Connect as HTTP requests. */
final class RpcRequest {
    private static final int PLAIN = 0; // the flags of a message that is not packed

    private RpcRequest() {}

    static HttpRequest of(
            Wire wire,
            MethodDescriptor<?, ?> method,
            List<? extends Message> messages,
            Caller caller) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", contentType(wire, method));
        Duration limit = caller.timeout();
        if (wire.format() == Wire.Format.CONNECT) {
            headers.put("connect-protocol-version", "1");
            if (limit != null) {
                headers.put("connect-timeout-ms", String.valueOf(limit.toMillis()));
            }
        } else {
            headers.put("x-grpc-web", "1");
            if (limit != null) {
                headers.put("grpc-timeout", limit.toMillis() + "m");
            }
        }
        headers.putAll(caller.headers());
        byte[] body = alone(wire, method) ? messages.getFirst().toByteArray() : framed(messages);
        return new HttpRequest("POST", "/" + method.getFullMethodName(), headers, body);
    }

    /** Does the message stand alone, without a frame? */
    static boolean alone(Wire wire, MethodDescriptor<?, ?> method) {
        return wire.format() == Wire.Format.CONNECT
                && method.getType() == MethodDescriptor.MethodType.UNARY;
    }

    private static String contentType(Wire wire, MethodDescriptor<?, ?> method) {
        if (wire.format() == Wire.Format.GRPC_WEB) {
            return "application/grpc-web+proto";
        }
        return alone(wire, method) ? "application/proto" : "application/connect+proto";
    }

    private static byte[] framed(List<? extends Message> messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Message message : messages) {
                out.writeByte(PLAIN);
                out.writeInt(message.getSerializedSize());
                message.writeTo(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: it is written to memory
        }
        return bytes.toByteArray();
    }
}
