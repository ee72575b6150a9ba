package dev.tandem.runtime.wire.connect;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Source;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.envelope.CallHead;
import dev.tandem.runtime.wire.envelope.Codec;
import dev.tandem.runtime.wire.envelope.Exchange;
import dev.tandem.runtime.wire.envelope.LastWords;
import dev.tandem.runtime.wire.envelope.Protocol;
import dev.tandem.runtime.wire.envelope.RequestBytes;
import dev.tandem.runtime.wire.envelope.Rpc;
import dev.tandem.runtime.wire.envelope.Serving;
import dev.tandem.runtime.wire.envelope.SingleSink;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One unary call, from its head to the end of its answer. Runs on the stream's thread. */
final class UnaryExchange {
    private static final Logger LOG = System.getLogger(UnaryExchange.class.getName());
    private static final int NOT_FOUND = 404;

    private final OwnedStream stream;
    private final Serving serving;
    private final Protocol protocol;
    private final ConnectJson json;

    UnaryExchange(OwnedStream stream, Serving serving, Protocol protocol, ConnectJson json) {
        this.json = json;
        this.stream = stream;
        this.serving = serving;
        this.protocol = protocol;
    }

    /** Answers that there is no such method. */
    void refuseUnknown() {
        opened(
                null,
                (call, reply) -> {
                    ApiError error = Exchange.unknownMethod(stream.path());
                    call.failed(error);
                    reply.fail(error, NOT_FOUND);
                });
    }

    /** Answers a request that cannot be read. */
    void refuse(Rpc rpc, ApiError error) {
        opened(rpc, (call, reply) -> fail(error, call, reply));
    }

    /** Answers a call. */
    void answer(Rpc rpc, UnaryRequest request) {
        opened(
                rpc,
                (call, reply) -> {
                    ApiError refusal = request.refusal();
                    if (refusal == null) {
                        run(rpc.method(), rpc.codec(request.format()), request, call, reply);
                    } else {
                        fail(refusal, call, reply);
                    }
                });
    }

    private static void fail(ApiError error, Call call, UnaryReply reply) {
        call.failed(error);
        reply.fail(error);
    }

    /** What is done for a call that was let in. */
    @FunctionalInterface
    private interface Step {
        void run(Call call, UnaryReply reply);
    }

    private void opened(@Nullable Rpc rpc, Step step) {
        Optional<String> limit = stream.headers().first(protocol.timeout());
        Duration timeout = limit.map(protocol::timeout).orElse(null);
        Call call = serving.calls().open(CallHead.of(stream, protocol.wire(), rpc), timeout);
        LastWords lastWords = new LastWords(stream);
        try (var _ = stream.onGone(() -> call.clientGone(stream.whyGone()));
                var _ = call.onCancel(lastWords::abortSend)) {
            UnaryReply reply = new UnaryReply(stream, call, json, lastWords);
            ApiError refusal = serving.pipeline().admit(call);
            if (refusal == null && limit.isPresent() && timeout == null) {
                refusal = Exchange.badTimeout(protocol);
            }
            if (refusal == null) {
                refusal = protocol.refusal(stream.headers());
            }
            if (refusal == null) {
                step.run(call, reply);
            } else {
                fail(refusal, call, reply);
            }
        } finally {
            serving.calls().close(call);
        }
    }

    private <Q extends Message, R extends Message> void run(
            Method<Q, R> method, Codec codec, UnaryRequest request, Call call, UnaryReply reply) {
        RequestBytes body = new RequestBytes(stream, call);
        int limit = serving.limits().maxMessageBytes();
        Source<Q> source = new UnarySource<>(codec, () -> request.read(body, limit));
        SingleSink<R> sink = new SingleSink<>(call);
        call.lastWord(reply::fail);
        ApiError error = Pipeline.run(method, source, sink, call);
        R message = sink.only();
        if (error == null && message == null) {
            LOG.log(Level.ERROR, "call " + call + " failed: its handler sent no message");
            error = ApiError.internal();
        }
        if (error == null && message != null) {
            reply.send(message, codec, request.format(), serving.limits().compressFromBytes());
        } else if (error != null) {
            reply.fail(error);
        }
    }
}
