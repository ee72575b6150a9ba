package dev.tandem.runtime.wire.envelope;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.call.RpcReasons;
import dev.tandem.runtime.call.Source;
import dev.tandem.runtime.wire.connection.OwnedStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of enveloped messages on one stream. Runs on the stream's thread. */
public final class Exchange {
    private static final Logger LOG = System.getLogger(Exchange.class.getName());

    private final OwnedStream stream;
    private final Call call;
    private final Serving serving;
    private final Protocol protocol;
    private final Format format;
    private final LastWords lastWords;

    private Exchange(
            OwnedStream stream, Call call, Serving serving, Protocol protocol, Format format) {
        this.stream = stream;
        this.call = call;
        this.serving = serving;
        this.protocol = protocol;
        this.format = format;
        this.lastWords = new LastWords(stream);
    }

    /**
     * Answers a stream.
     *
     * @param rpc what is called; null where there is no such method
     * @param format of the messages, as the request says
     */
    public static void answer(
            OwnedStream stream,
            @Nullable Rpc rpc,
            Serving serving,
            Protocol protocol,
            Format format) {
        Optional<String> limit = stream.headers().first(protocol.timeout());
        Duration timeout = limit.map(protocol::timeout).orElse(null);
        Call call = serving.calls().open(CallHead.of(stream, protocol.wire(), rpc), timeout);
        try {
            new Exchange(stream, call, serving, protocol, format)
                    .answer(rpc, limit.isPresent() && timeout == null);
        } finally {
            serving.calls().close(call);
        }
    }

    private void answer(@Nullable Rpc rpc, boolean badTimeout) {
        try (var _ = stream.onGone(() -> call.clientGone(stream.whyGone()));
                var _ = call.onCancel(lastWords::abortSend)) {
            ApiError refusal = serving.pipeline().admit(call);
            if (refusal == null) {
                refusal = badTimeout ? badTimeout(protocol) : unreadable();
            }
            if (refusal == null && rpc != null) {
                run(rpc.method(), rpc.codec(format));
            } else {
                ApiError error = refusal == null ? unknownMethod(stream.path()) : refusal;
                call.failed(error);
                new Response(stream, call, protocol, format, lastWords).end(error);
            }
        }
    }

    private <Q extends Message, R extends Message> void run(Method<Q, R> method, Codec codec) {
        Response response = new Response(stream, call, protocol, format, lastWords);
        response.codec(codec);
        if (Encodings.acceptsGzip(stream.headers(), protocol.encodings().accept())) {
            response.compress(serving.limits().compressFromBytes(), !method.singleResponse());
        }
        Source<Q> source = source(codec);
        call.lastWord(response::end);
        if (method.singleResponse()) {
            SingleSink<R> sink = new SingleSink<>(call);
            ApiError error = Pipeline.run(method, source, sink, call);
            response.end(error == null ? sendOnly(sink.only(), response) : error);
        } else {
            response.end(Pipeline.run(method, source, new StreamSink<>(response, call), call));
        }
    }

    private <Q extends Message> Source<Q> source(Codec codec) {
        int limit = serving.limits().maxMessageBytes();
        FrameReader frames = new FrameReader(new RequestBytes(stream, call), limit);
        return new MessageSource<>(frames, codec, encoding().equals(Encodings.GZIP), limit);
    }

    /** Sends the message of a unary answer; the error where there is none or it does not arrive. */
    private @Nullable ApiError sendOnly(@Nullable Message message, Response response) {
        if (message == null) {
            LOG.log(Level.ERROR, "call " + call + " failed: its handler sent no message");
            return ApiError.internal();
        }
        try {
            response.message(message);
            return null;
        } catch (CancelledException e) {
            return Pipeline.ofCancel(e.reason());
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "call " + call + " failed: its headers cannot be sent", e);
            return ApiError.internal();
        }
    }

    private String encoding() {
        return stream.headers().first(protocol.encodings().encoding()).orElse(Encodings.IDENTITY);
    }

    private @Nullable ApiError unreadable() {
        ApiError refusal = protocol.refusal(stream.headers());
        return refusal != null || Encodings.known(encoding())
                ? refusal
                : unsupportedEncoding(protocol.encodings().encoding().lowerCase());
    }

    /** The error of a request that is compressed in a way that is not known. */
    public static ApiError unsupportedEncoding(String header) {
        return ApiError.of(
                RpcReasons.UNSUPPORTED_ENCODING,
                "The "
                        + header
                        + " is not one that this server reads: use "
                        + Encodings.IDENTITY
                        + " or "
                        + Encodings.GZIP
                        + ".");
    }

    /** The error of a request whose time limit has not the protocol's form. */
    public static ApiError badTimeout(Protocol protocol) {
        return ApiError.of(
                Reasons.INVALID_TIMEOUT,
                "The header "
                        + protocol.timeout().lowerCase()
                        + " is not "
                        + protocol.timeoutForm()
                        + ".");
    }

    /** The error of a request for a method that is not there. */
    public static ApiError unknownMethod(String target) {
        return ApiError.of(
                RpcReasons.UNKNOWN_METHOD,
                "There is no method " + MethodTable.pathOf(target) + " on this server.");
    }
}
