package dev.tandem.runtime.wire.rest;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A request body that nobody reads, because the answer is an error.
 *
 * <p>Over HTTP/2 an answer before the end of the request makes Helidon 4.5.0 forget the stream; the
 * client's next DATA frame would then end the whole connection. So what comes is read first, up to
 * a limit. Over HTTP/1.1 Helidon itself reads the rest behind the answer.
 */
sealed interface Leftover {
    /** How much is read in the hope that the client ends. */
    long LIMIT = 16L << 20;

    /** Does what must be done before the answer. */
    void before(ServerResponse response);

    static Leftover of(ServerRequest request) {
        if (!request.content().hasEntity() || request.content().consumed()) {
            return new None();
        }
        return request.prologue().protocolVersion().startsWith("2")
                ? new Drained(request)
                : new None();
    }

    /** Nothing is left, or Helidon reads it. */
    record None() implements Leftover {
        @Override
        public void before(ServerResponse response) {}
    }

    /** Read first. */
    record Drained(ServerRequest request) implements Leftover {
        @Override
        public void before(ServerResponse response) {
            byte[] sink = new byte[8192];
            long left = LIMIT;
            try (var _ = new BodyRead(request);
                    InputStream in = request.content().inputStream()) {
                for (int n = in.read(sink); n >= 0 && left > 0; n = in.read(sink)) {
                    left -= n;
                }
            } catch (IOException
                    | UncheckedIOException
                    | IllegalStateException
                    | CloseConnectionException e) {
                // the client is gone or its body was begun already: the answer will show
            }
        }
    }
}
