package dev.tandem.gateway;

import dev.tandem.runtime.tls.TlsSettings;
import java.util.List;
import java.util.Optional;

/**
 * Where the gateway listens.
 *
 * @param host an address or name of this machine
 * @param port 0 takes a free one
 * @param allowedHosts names, besides those of the loopback, under which clients may reach it;
 *     {@code *} allows all
 * @param tls how it speaks TLS; empty where it does not
 */
public record Listening(
        String host, int port, List<String> allowedHosts, Optional<TlsSettings> tls) {

    public Listening {
        allowedHosts = List.copyOf(allowedHosts);
    }

    /** For this machine alone, without TLS. */
    public static Listening onLoopback(int port) {
        return new Listening("127.0.0.1", port, List.of(), Optional.empty());
    }

    /** The same with TLS, or without. */
    public Listening withTls(Optional<TlsSettings> settings) {
        return new Listening(host, port, allowedHosts, settings);
    }
}
