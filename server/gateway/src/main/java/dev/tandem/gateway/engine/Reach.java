package dev.tandem.gateway.engine;

import dev.tandem.gateway.doctor.Finding;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Is there anybody at an address? For servers that can be asked nothing without cost. */
final class Reach {
    private static final int PATIENCE_MILLIS = 3000;
    private static final int TLS_PORT = 443;
    private static final int PLAIN_PORT = 80;

    private Reach() {}

    /**
     * Connects, and says nothing.
     *
     * @param name the configuration's name for the engine
     */
    static Finding look(String name, URI address) {
        String about = "engine " + name;
        int port = address.getPort();
        if (port < 0) {
            port = address.getScheme().equals("https") ? TLS_PORT : PLAIN_PORT;
        }
        String place = address.getHost() + ":" + port;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), port), PATIENCE_MILLIS);
            return Finding.ok(
                    about, place + " can be reached; its key is seen by the first call only.");
        } catch (IOException e) {
            return Finding.problem(
                    about,
                    "%s cannot be reached (%s).".formatted(place, e.getClass().getSimpleName()),
                    "Correct engines.%s.url, or the way there.".formatted(name));
        }
    }
}
