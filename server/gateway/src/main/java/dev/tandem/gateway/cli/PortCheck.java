package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.ServerSection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Says in a sentence why a port cannot be listened on, before the server tries. */
final class PortCheck {
    private PortCheck() {}

    static void free(ServerSection listen) throws CommandException {
        InetAddress address;
        try {
            address = InetAddress.getByName(listen.host());
        } catch (IOException e) {
            throw new CommandException(
                    "TANDEM_HOST: " + listen.host() + " is not known on this machine.", e);
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, listen.port()));
        } catch (IOException e) {
            throw new CommandException(
                    "%s:%d cannot be listened on (%s). Set TANDEM_PORT to another port, or 0 for a free one."
                            .formatted(listen.host(), listen.port(), e.getMessage()),
                    e);
        }
    }
}
