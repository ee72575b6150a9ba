package dev.tandem.runtime.wire.grpc;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.CancelledException;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.wire.connection.OwnedStream;
import io.helidon.http.HeaderName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One call on one stream, from its head to its trailers. Runs on the stream's thread. */
final class Exchange {
    private static final Logger LOG = System.getLogger(Exchange.class.getName());

    private final OwnedStream stream;
    private final Call call;
    private final Pipeline pipeline;
    private final GrpcSettings settings;

    Exchange(OwnedStream stream, Call call, Pipeline pipeline, GrpcSettings settings) {
        this.stream = stream;
        this.call = call;
        this.pipeline = pipeline;
        this.settings = settings;
    }

    /**
     * Answers the call.
     *
     * @param method what is called; null where there is no such method
     * @param badTimeout whether the request's time limit cannot be read
     */
    void answer(@Nullable Method<?, ?> method, boolean badTimeout) {
        try (var _ = stream.onGone(() -> call.cancel(CancelCause.CLIENT_LEFT));
                var _ = call.onCancel(stream::abortSend)) {
            ApiError refusal = pipeline.admit(call);
            if (refusal == null) {
                refusal = badTimeout ? badTimeout() : unreadable();
            }
            if (refusal == null && method != null) {
                run(method);
            } else {
                ApiError error = refusal == null ? unknownMethod() : refusal;
                call.failed(error);
                response(false).end(error);
            }
        }
    }

    private <Q extends Message, R extends Message> void run(Method<Q, R> method) {
        Response response = response(!method.singleResponse());
        MessageSink<R> sink = new MessageSink<>(response, call, method.singleResponse());
        FrameReader frames = new FrameReader(this::take, settings.maxMessageBytes());
        boolean gzip = header(Names.ENCODING, Names.IDENTITY).equals(Names.GZIP);
        MessageSource<Q> source =
                new MessageSource<>(frames, method.request(), gzip, settings.maxMessageBytes());
        ApiError error = Pipeline.run(method, source, sink, call);
        if (error == null && method.singleResponse()) {
            error = sendOnly(sink.only(), response);
        }
        response.end(error);
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

    private Response response(boolean many) {
        boolean accepted =
                Arrays.stream(header(Names.ACCEPT_ENCODING, "").split(","))
                        .anyMatch(encoding -> encoding.strip().equals(Names.GZIP));
        int from = accepted ? settings.compressFromBytes() : Integer.MAX_VALUE;
        return new Response(stream, call, from, many);
    }

    /**
     * The next bytes of the request, for the handler's thread.
     *
     * @throws CancelledException when nothing more can come
     */
    private byte[] take() throws InterruptedException {
        try {
            byte[] bytes = stream.take();
            if (bytes != null) {
                return bytes;
            }
        } catch (InterruptedException e) {
            if (!stream.gone()) {
                throw e;
            }
        }
        call.cancel(CancelCause.CLIENT_LEFT);
        CancelCause cause = call.cancelled();
        throw new CancelledException(cause == null ? CancelCause.CLIENT_LEFT : cause);
    }

    private String header(HeaderName name, String otherwise) {
        return stream.headers().first(name).orElse(otherwise);
    }

    private @Nullable ApiError unreadable() {
        String encoding = header(Names.ENCODING, Names.IDENTITY);
        if (encoding.equals(Names.IDENTITY) || encoding.equals(Names.GZIP)) {
            return null;
        }
        return ApiError.of(
                Reasons.UNSUPPORTED_ENCODING,
                "The message encoding is not one that this server reads: use identity or gzip.");
    }

    private static ApiError badTimeout() {
        return ApiError.of(
                Reasons.INVALID_TIMEOUT,
                "The grpc-timeout header is not up to eight digits and one of n, u, m, S, M, H.");
    }

    private ApiError unknownMethod() {
        return ApiError.of(
                Reasons.UNKNOWN_METHOD, "There is no method " + stream.path() + " on this server.");
    }
}
