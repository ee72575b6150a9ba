package dev.tandem.runtime.wire.envelope;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import dev.tandem.runtime.call.Method;
import dev.tandem.transcoding.json.JsonCodecs;

/** A method that is served, and its messages in each format. For all threads. */
public final class Rpc {
    private final Method<?, ?> method;
    private final Codec binary;
    private final JsonCodecs codecs;

    Rpc(Method<?, ?> method, JsonCodecs codecs) {
        this.method = method;
        this.binary = new BinaryCodec(method.request());
        this.codecs = codecs;
    }

    /** The method, with all policies around it. */
    public Method<?, ?> method() {
        return method;
    }

    /** Its messages in a format; JSON is compiled when it is first asked for. */
    public Codec codec(Format format) {
        return switch (format) {
            case PROTO -> binary;
            case JSON ->
                    new CanonicalCodec(codecs.of(method.request()), codecs.of(method.response()));
        };
    }

    /** Does it take one message and give one? */
    public boolean unary() {
        return method.singleRequest() && method.singleResponse();
    }

    /** Does its .proto file say that it changes nothing, so that it may be called with GET? */
    public boolean withoutSideEffects() {
        return method.descriptor().getOptions().getIdempotencyLevel()
                == IdempotencyLevel.NO_SIDE_EFFECTS;
    }
}
