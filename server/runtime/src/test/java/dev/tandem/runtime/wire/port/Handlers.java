package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.StreamHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Handlers of owned streams that several tests use. */
final class Handlers {
    private Handlers() {}

    /** Sends back what comes, as it comes, and ends with trailers. */
    static final StreamHandler ECHO =
            stream -> {
                begin(stream);
                for (byte[] bytes = stream.take();
                        bytes != null && bytes.length > 0;
                        bytes = stream.take()) {
                    stream.data(bytes, 0, bytes.length, false);
                }
                end(stream);
            };

    /** Answers with one word. */
    static final StreamHandler HELLO =
            stream -> {
                begin(stream);
                send(stream, "hello", true);
            };

    /** Sends pieces without end. */
    static StreamHandler flood(int piece) {
        return stream -> {
            begin(stream);
            byte[] bytes = new byte[piece];
            while (true) {
                stream.data(bytes, 0, bytes.length, false);
            }
        };
    }

    /** Sends a number of pieces and trailers. */
    static StreamHandler send(int pieces, int piece) {
        return stream -> {
            begin(stream);
            byte[] bytes = new byte[piece];
            for (int i = 0; i < pieces; i++) {
                stream.data(bytes, 0, bytes.length, false);
            }
            end(stream);
        };
    }

    /** Sends headers, waits, then ends. */
    static StreamHandler until(CountDownLatch released) {
        return stream -> {
            begin(stream);
            released.await();
            end(stream);
        };
    }

    /** Counts what comes and says how much it was. */
    static final StreamHandler COUNT =
            stream -> {
                begin(stream);
                long count = 0;
                for (byte[] bytes = stream.take();
                        bytes != null && bytes.length > 0;
                        bytes = stream.take()) {
                    count += bytes.length;
                }
                send(stream, Long.toString(count), true);
            };

    static void begin(OwnedStream stream) {
        stream.headers(200, WritableHeaders.create(), false);
    }

    static void end(OwnedStream stream) {
        stream.trailers(WritableHeaders.create().set(HeaderNames.create("x-end"), "0"));
    }

    static void send(OwnedStream stream, String text, boolean end) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        stream.data(bytes, 0, bytes.length, end);
    }
}
