package dev.tandem.runtime.wire.websocket;

import com.google.protobuf.ByteString;

/** What comes of a client. */
sealed interface Incoming {
    /** A whole message. */
    final class Data implements Incoming {
        private final boolean text;
        private final byte[] bytes;

        /**
         * @param text is it UTF-8, which was checked? Otherwise it is bytes
         */
        Data(boolean text, byte[] bytes) {
            this.text = text;
            this.bytes = bytes;
        }

        boolean text() {
            return text;
        }

        byte[] bytes() {
            return bytes;
        }

        /** Does it say that no more messages follow? An empty text is no JSON. */
        boolean last() {
            return text && bytes.length == 0;
        }
    }

    /** A ping, with what the pong must hold. */
    record Ping(ByteString payload) implements Incoming {}

    /** A pong, which asks for nothing. */
    record Pong() implements Incoming {}

    /**
     * The client closes.
     *
     * @param code {@link CloseCode#NOT_TOLD} where it told none
     */
    record Close(int code) implements Incoming {}

    /** The connection ended without a word. */
    record End() implements Incoming {}
}
