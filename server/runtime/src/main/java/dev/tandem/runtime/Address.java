package dev.tandem.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Where a server listens.
 *
 * @param host an address or name of this machine
 * @param port 0 for a free one
 */
record Address(String host, int port, boolean tls) {
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    /** Whether this machine alone can reach it. */
    boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // where nobody can listen either; the start says so
        }
    }

    /** For samples of code. */
    String origin() {
        String name = EVERY_ADDRESS.contains(host) ? "127.0.0.1" : host;
        return (tls ? "https://" : "http://") + name + ":" + (port == 0 ? 8080 : port);
    }

    /** Under which names clients may come, besides those of the loopback. */
    List<String> hosts(Collection<String> more) {
        List<String> hosts = new ArrayList<>(more);
        if (!EVERY_ADDRESS.contains(host)) {
            hosts.add(host);
        }
        return hosts;
    }
}
