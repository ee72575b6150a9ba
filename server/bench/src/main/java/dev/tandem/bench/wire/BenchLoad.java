package dev.tandem.bench.wire;

import dev.tandem.bench.v1.EchoRequest;
import dev.tandem.bench.v1.StreamRequest;
import java.nio.charset.StandardCharsets;

/**
 * Calls of the bench's own service.
 *
 * @param wire how
 * @param tokens how many; 0 for one plain answer to one request
 * @param everyMillis their distance in time; 0 for as fast as they are taken
 */
record BenchLoad(Wire wire, int tokens, int everyMillis) implements Load {
    private static final String TEXT = "hello";

    static BenchLoad unary() {
        return new BenchLoad(Wire.GRPC, 0, 0);
    }

    private boolean isUnary() {
        return tokens == 0;
    }

    @Override
    public String path() {
        if (wire == Wire.GRPC) {
            return "/tandem.bench.v1.BenchService/" + (isUnary() ? "Echo" : "Stream");
        }
        return isUnary() ? "/v1/echo" : "/v1/stream";
    }

    @Override
    public byte[] body() {
        if (wire != Wire.GRPC) {
            String json =
                    isUnary()
                            ? "{\"text\":\"" + TEXT + "\"}"
                            : "{\"tokens\":" + tokens + ",\"every_ms\":" + everyMillis + "}";
            return json.getBytes(StandardCharsets.US_ASCII);
        }
        return GrpcBody.framed(message());
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

    @Override
    public Body answer(Tally tally) {
        if (wire != Wire.GRPC) {
            return new EventBody(new TokenCheck(tokens, tally));
        }
        return isUnary()
                ? new GrpcBody(new EchoCheck(message(), tally))
                : new GrpcBody(new TokenCheck(tokens, tally));
    }
}
