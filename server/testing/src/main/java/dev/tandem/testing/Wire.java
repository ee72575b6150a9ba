package dev.tandem.testing;

import dev.tandem.runtime.call.Code;

/** The ways to call a server. */
public enum Wire {
    /** Native gRPC; the method says whether it streams. */
    GRPC(Format.GRPC, Version.HTTP_2),
    /** gRPC-Web in protobuf, over HTTP/1.1; the method says whether it streams. */
    GRPC_WEB(Format.GRPC_WEB, Version.HTTP_1_1),
    /** gRPC-Web in protobuf, over HTTP/2. */
    GRPC_WEB_H2(Format.GRPC_WEB, Version.HTTP_2),
    /** Connect in protobuf, over HTTP/1.1; the method says whether it streams. */
    CONNECT(Format.CONNECT, Version.HTTP_1_1),
    /** Connect in protobuf, over HTTP/2. */
    CONNECT_H2(Format.CONNECT, Version.HTTP_2),
    /** JSON over HTTP/1.1, a whole answer. */
    REST(Format.JSON, Version.HTTP_1_1),
    /** JSON over HTTP/2, a whole answer. */
    REST_H2(Format.JSON, Version.HTTP_2),
    /** Server-sent events over HTTP/1.1. */
    SSE(Format.SSE, Version.HTTP_1_1),
    /** Server-sent events over HTTP/2. */
    SSE_H2(Format.SSE, Version.HTTP_2),
    /** A line of JSON a message, over HTTP/1.1. */
    NDJSON(Format.NDJSON, Version.HTTP_1_1),
    /** A line of JSON a message, over HTTP/2. */
    NDJSON_H2(Format.NDJSON, Version.HTTP_2),
    /** A frame of JSON a message, in both directions: for methods whose clients stream. */
    WEBSOCKET(Format.WEBSOCKET, Version.HTTP_1_1);

    /** What an answer looks like. */
    public enum Format {
        /** Length-prefixed protobuf. */
        GRPC,
        /** The same, with the status behind the last message. */
        GRPC_WEB,
        /**
         * Protobuf: alone where one message answers one, length-prefixed where one side streams.
         */
        CONNECT,
        /** One JSON value. */
        JSON,
        /** {@code text/event-stream}. */
        SSE,
        /** {@code application/x-ndjson}. */
        NDJSON,
        /** Text frames of RFC 6455, each a JSON value. */
        WEBSOCKET
    }

    /** The HTTP below. */
    public enum Version {
        /** RFC 9112. */
        HTTP_1_1,
        /** RFC 9113, without TLS and by prior knowledge. */
        HTTP_2
    }

    private final Format format;
    private final Version version;

    Wire(Format format, Version version) {
        this.format = format;
        this.version = version;
    }

    /** What an answer looks like. */
    public Format format() {
        return format;
    }

    /** The HTTP below. */
    public Version version() {
        return version;
    }

    /** Can it carry more than one message? */
    public boolean streams() {
        return format != Format.JSON;
    }

    /** Is it gRPC, or one of its relatives, whose status is a gRPC status code? */
    public boolean rpc() {
        return switch (format) {
            case GRPC, GRPC_WEB, CONNECT -> true;
            case JSON, SSE, NDJSON, WEBSOCKET -> false;
        };
    }

    /**
     * The status by which this wire tells a kind of failure: a gRPC status code or an HTTP status.
     * WebSocket's close codes are told as the HTTP statuses for which they stand.
     */
    public int status(Code code) {
        return rpc() ? code.grpc() : code.http();
    }

    /** The status of a good answer. */
    public int ok() {
        return rpc() ? 0 : 200;
    }
}
