package dev.tandem.runtime.wire.port;

import dev.tandem.runtime.wire.connection.WireSettings;
import io.helidon.common.socket.SocketOptions;
import jdk.net.ExtendedSocketOptions;

/**
 * Has TCP ask clients that have long been silent whether they are still there: one that died
 * without a word would otherwise be found when its answer is not acknowledged, a quarter of an hour
 * later, or never.
 */
final class DeadClients {
    private DeadClients() {}

    /** Adds the options for each accepted socket; those that a system lacks are left out. */
    static void probe(SocketOptions.Builder options, WireSettings.Tcp tcp) {
        options.socketKeepAlive(true);
        options.putSocketOption(ExtendedSocketOptions.TCP_KEEPIDLE, seconds(tcp.probeAfter()));
        options.putSocketOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, seconds(tcp.probeEvery()));
        options.putSocketOption(ExtendedSocketOptions.TCP_KEEPCOUNT, tcp.probes());
    }

    private static int seconds(java.time.Duration time) {
        return Math.toIntExact(time.toSeconds());
    }
}
