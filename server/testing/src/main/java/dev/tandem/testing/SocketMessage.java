package dev.tandem.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a server says over a WebSocket. */
sealed interface SocketMessage {
    /** A message in JSON, or an error. */
    record Text(String json) implements SocketMessage {}

    /** A message in protobuf. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Binary(byte[] bytes) implements SocketMessage {}

    /** The end. */
    record Close(int code, String reason) implements SocketMessage {
        /** Stands for a Close frame without a code (RFC 6455, section 7.1.5). */
        private static final int NO_CODE = 1005;

        /**
         * Reads a Close frame.
         *
         * @param payload the code in two bytes and the reason, or nothing
         */
        static Close of(byte[] payload) {
            if (payload.length < 2) {
                return new Close(NO_CODE, "");
            }
            int code = Short.toUnsignedInt(ByteBuffer.wrap(payload).getShort());
            String reason = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
            return new Close(code, reason);
        }

        /**
         * The HTTP status for which the code stands, as docs/websocket.md has it.
         *
         * @throws IllegalStateException where it stands for none
         */
        int status() {
            return switch (code) {
                case 1000 -> 200;
                case 1002, 1007 -> 400;
                case 1009 -> 413;
                case 1011 -> 500;
                case 1001, 1013 -> 503;
                default -> {
                    if (code < 4400 || code > 4599) {
                        throw new IllegalStateException("the server ended with " + this);
                    }
                    yield code - 4000;
                }
            };
        }

        /** Did the call end well? */
        boolean good() {
            return code == 1000;
        }
    }
}
