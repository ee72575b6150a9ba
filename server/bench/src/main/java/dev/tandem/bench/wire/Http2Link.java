package dev.tandem.bench.wire;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An HTTP/2 connection (RFC 9113) with a fixed number of calls at once. */
final class Http2Link extends Link {
    private static final int HEADER = 9;
    private static final int WINDOW = 1 << 20;
    private static final int CONNECTION_WINDOW = 16 << 20;
    private static final int FIRST_WINDOW = 65_535;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int INITIAL_WINDOW_SIZE = 4;

    private final Load load;
    private final Tally tally;
    private final int streams;
    private final RequestHead head;
    private final byte[] body;
    private final Map<Integer, Call> calls = new HashMap<>();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();
    private int nextId = 1;
    private int unacknowledged;

    Http2Link(int port, Load load, Tally tally, int streams) throws IOException {
        super(port, tally);
        this.load = load;
        this.tally = tally;
        this.streams = streams;
        head = new RequestHead(load, port);
        body = load.body();
        send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, WINDOW));
        frame(WINDOW_UPDATE, 0, 0, int32(CONNECTION_WINDOW - FIRST_WINDOW));
    }

    @Override
    void begin() {
        while (calls.size() < streams) {
            call();
        }
    }

    private void call() {
        frame(HEADERS, END_HEADERS, nextId, nextId == 1 ? head.first() : head.later());
        frame(DATA, END_STREAM, nextId, body);
        calls.put(nextId, new Call(load.answer(tally)));
        nextId += 2;
    }

    @Override
    boolean idle() {
        return calls.isEmpty();
    }

    @Override
    int accept(byte[] array, int from, int to) {
        int at = from;
        while (to - at >= HEADER) {
            int length = Numbers.int24(array, at);
            if (to - at - HEADER < length) {
                break;
            }
            frame(array, at, length);
            at += HEADER + length;
        }
        return at;
    }

    private void frame(byte[] array, int at, int length) {
        int flags = array[at + 4];
        int id = Numbers.int32(array, at + 5);
        int payload = at + HEADER;
        switch (array[at + 3]) {
            case DATA -> data(id, flags, array, payload, length);
            case HEADERS -> headers(id, flags, array, payload, length);
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    frame(SETTINGS, ACK, 0, new byte[0]);
                }
            }
            case PING -> {
                if ((flags & ACK) == 0) {
                    frame(
                            PING,
                            ACK,
                            0,
                            java.util.Arrays.copyOfRange(array, payload, payload + length));
                }
            }
            case WINDOW_UPDATE -> {
                // what is sent is less than any window
            }
            case RST_STREAM, GOAWAY ->
                    throw new IllegalStateException(
                            "the server gave up a call or a connection, error "
                                    + Numbers.int32(array, payload + length - 4));
            default -> throw new IllegalStateException("a frame of type " + array[at + 3]);
        }
    }

    private void data(int id, int flags, byte[] array, int offset, int length) {
        Call call = call(id);
        call.body.bytes(array, offset, length);
        call.unacknowledged += length;
        unacknowledged += length;
        if (unacknowledged > CONNECTION_WINDOW / 2) {
            frame(WINDOW_UPDATE, 0, 0, int32(unacknowledged));
            unacknowledged = 0;
        }
        if ((flags & END_STREAM) != 0) {
            end(id, call);
        } else if (call.unacknowledged > WINDOW / 2) {
            frame(WINDOW_UPDATE, 0, id, int32(call.unacknowledged));
            call.unacknowledged = 0;
        }
    }

    private void headers(int id, int flags, byte[] array, int offset, int length) {
        if ((flags & END_HEADERS) == 0) {
            throw new IllegalStateException("headers in more than one frame");
        }
        Call call = call(id);
        Http2Headers headers = decoded(id, array, offset, length);
        CharSequence status = headers.status();
        if (status != null && !"200".contentEquals(status)) {
            throw new IllegalStateException("status " + status);
        }
        if ((flags & END_STREAM) != 0) {
            CharSequence code = headers.get("grpc-status");
            if (load.wire() == Load.Wire.GRPC && (code == null || !"0".contentEquals(code))) {
                throw new IllegalStateException("grpc-status " + code);
            }
            end(id, call);
        }
    }

    private Http2Headers decoded(int id, byte[] array, int offset, int length) {
        try {
            return decoder.decodeHeaders(id, Unpooled.wrappedBuffer(array, offset, length));
        } catch (Http2Exception e) {
            throw new IllegalStateException("headers that cannot be read", e);
        }
    }

    private Call call(int id) {
        Call call = calls.get(id);
        if (call == null) {
            throw new IllegalStateException("a frame for stream " + id + ", which has ended");
        }
        return call;
    }

    private void end(int id, Call call) {
        call.body.end();
        calls.remove(id);
        if (more()) {
            call();
        }
    }

    private void frame(int type, int flags, int id, byte[] payload) {
        byte[] frame = new byte[HEADER + payload.length];
        frame[1] = (byte) (payload.length >> 8);
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        System.arraycopy(int32(id), 0, frame, 5, 4);
        System.arraycopy(payload, 0, frame, HEADER, payload.length);
        send(frame);
    }

    private static byte[] setting(int id, int value) {
        byte[] setting = new byte[6];
        setting[1] = (byte) id;
        System.arraycopy(int32(value), 0, setting, 2, 4);
        return setting;
    }

    private static byte[] int32(int value) {
        return new byte[] {
            (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
        };
    }

    /** A call under way. */
    private static final class Call {
        private final Body body;
        private int unacknowledged;

        Call(Body body) {
            this.body = body;
        }
    }
}
