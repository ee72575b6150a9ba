package dev.tandem.bench.wire;

import dev.tandem.bench.v1.EchoRequest;
import dev.tandem.bench.v1.StreamRequest;
import java.nio.charset.StandardCharsets;

/**
 * What each stream of the load asks for.
 *
 * @param wire how
 * @param tokens how many; 0 for one plain answer to one request
 * @param everyMillis their distance in time; 0 for as fast as they are taken
 */
record Load(Wire wire, int tokens, int everyMillis) {
    /** The ways to ask. */
    enum Wire {
        /** gRPC. */
        GRPC,
        /** Events over HTTP/1.1. */
        EVENTS,
        /** Events over HTTP/2. */
        EVENTS_HTTP2
    }

    private static final String TEXT = "hello";

    static Load unary() {
        return new Load(Wire.GRPC, 0, 0);
    }

    boolean isUnary() {
        return tokens == 0;
    }

    /** The request's path. */
    String path() {
        if (wire == Wire.GRPC) {
            return "/tandem.bench.v1.BenchService/" + (isUnary() ? "Echo" : "Stream");
        }
        return isUnary() ? "/v1/echo" : "/v1/stream";
    }

    /** The request's body: a message with its prefix, or JSON. */
    byte[] body() {
        if (wire != Wire.GRPC) {
            String json =
                    isUnary()
                            ? "{\"text\":\"" + TEXT + "\"}"
                            : "{\"tokens\":" + tokens + ",\"every_ms\":" + everyMillis + "}";
            return json.getBytes(StandardCharsets.US_ASCII);
        }
        byte[] message = message();
        byte[] framed = new byte[GrpcBody.PREFIX + message.length];
        framed[GrpcBody.PREFIX - 1] = (byte) message.length;
        System.arraycopy(message, 0, framed, GrpcBody.PREFIX, message.length);
        return framed;
    }

    private byte[] message() {
        return isUnary()
                ? EchoRequest.newBuilder().setText(TEXT).build().toByteArray()
                : StreamRequest.newBuilder()
                        .setTokens(tokens)
                        .setEveryMs(everyMillis)
                        .build()
                        .toByteArray();
    }

    /** What checks one answer. */
    Body answer(Tally tally) {
        if (wire != Wire.GRPC) {
            return new EventBody(new TokenCheck(tokens, tally));
        }
        return isUnary()
                ? new GrpcBody(new EchoCheck(message(), tally))
                : new GrpcBody(new TokenCheck(tokens, tally));
    }
}
