package dev.tandem.remote;

import dev.tandem.runtime.auth.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How another Tandem is asked. Its text shows no key.
 *
 * @param address {@code https://worker.example.com:8443}, or {@code http://127.0.0.1:8081} for one
 *     without TLS; no path, query or user. The port is 443 or 80 unless told
 * @param key an API key or a token of that server's, sent as {@code authorization: Bearer …}; null
 *     for none. It needs the scopes {@code inference} and {@code models.read}
 * @param tls whom to trust, and what to show; nothing of it with {@code http}
 * @param limits how long and how large an answer may be
 * @param keepalive how a connection that fell silent is found to be dead
 */
public record TandemSettings(
        URI address, @Nullable Secret key, Tls tls, Limits limits, Keepalive keepalive) {
    private static final int TLS_PORT = 443;
    private static final int PLAIN_PORT = 80;

    /**
     * Files in PEM, read when the connection is opened.
     *
     * @param ca the certificates that may sign the server's, and no others; null for those that
     *     this Java trusts
     * @param certificate what this server shows, with those between it and the root; null for none
     * @param key its private key, PKCS#8 without password; null for none
     */
    public record Tls(@Nullable Path ca, @Nullable Path certificate, @Nullable Path key) {
        /** Trusts whom this Java trusts, and shows nothing. */
        public static final Tls DEFAULT = new Tls(null, null, null);

        public Tls {
            if ((certificate == null) != (key == null)) {
                throw new IllegalArgumentException("certificate and key go together");
            }
        }

        /** Trusts these authorities alone, and shows nothing. */
        public static Tls trusting(Path ca) {
            return new Tls(ca, null, null);
        }
    }

    /**
     * How long and how large an answer may be; beside them stand the limits of the call.
     *
     * @param connect the longest time until a connection stands; 1 ms to 5 min, 10 s unless told
     * @param first from the request's begin to the first message; 1 ms to 24 h, 300 s unless told
     * @param gap between two messages; 1 ms to 24 h, 60 s unless told
     * @param answer the most bytes of an answer; 1 KiB to 1 GiB, 64 MiB unless told
     */
    public record Limits(Duration connect, Duration first, Duration gap, long answer) {
        private static final long SMALLEST = 1L << 10;
        private static final long LARGEST = 1L << 30;

        /** Those that hold unless told otherwise. */
        public static final Limits DEFAULT =
                new Limits(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(300),
                        Duration.ofSeconds(60),
                        64L << 20);

        public Limits {
            Duration shortest = Duration.ofMillis(1);
            within("connect", connect, shortest, Duration.ofMinutes(5));
            within("first", first, shortest, Duration.ofHours(24));
            within("gap", gap, shortest, Duration.ofHours(24));
            if (answer < SMALLEST || answer > LARGEST) {
                throw new IllegalArgumentException("answer must be 1 KiB to 1 GiB");
            }
        }
    }

    /**
     * PING of HTTP/2, while calls run: a stream may be quiet for long without being cut.
     *
     * @param after silence of the connection before it is asked; 10 s to 24 h, 30 s unless told
     * @param timeout how long the answer may take before the connection counts as dead; 1 s to 1 h,
     *     10 s unless told
     */
    public record Keepalive(Duration after, Duration timeout) {
        /** Those that hold unless told otherwise. */
        public static final Keepalive DEFAULT =
                new Keepalive(Duration.ofSeconds(30), Duration.ofSeconds(10));

        public Keepalive {
            within("after", after, Duration.ofSeconds(10), Duration.ofHours(24));
            within("timeout", timeout, Duration.ofSeconds(1), Duration.ofHours(1));
        }
    }

    /**
     * @throws IllegalArgumentException with what is wrong with the address, or where it is without
     *     TLS and there is something for it
     */
    public TandemSettings {
        check(address);
        if (address.getScheme().equals("http") && !tls.equals(Tls.DEFAULT)) {
            throw new IllegalArgumentException("an address with http:// has no TLS; use https://");
        }
    }

    /** A server with nothing else told. */
    public static TandemSettings of(URI address) {
        return new TandemSettings(address, null, Tls.DEFAULT, Limits.DEFAULT, Keepalive.DEFAULT);
    }

    /** The same with a key. */
    public TandemSettings key(Secret other) {
        return new TandemSettings(address, other, tls, limits, keepalive);
    }

    /** The same with others to trust, or something to show. */
    public TandemSettings tls(Tls other) {
        return new TandemSettings(address, key, other, limits, keepalive);
    }

    /** The same with other limits. */
    public TandemSettings limits(Limits other) {
        return new TandemSettings(address, key, tls, other, keepalive);
    }

    /** The same with another way to find dead connections. */
    public TandemSettings keepalive(Keepalive other) {
        return new TandemSettings(address, key, tls, limits, other);
    }

    /** Does the address say that nothing is encrypted? */
    boolean plain() {
        return address.getScheme().equals("http");
    }

    int port() {
        int told = address.getPort();
        return told >= 0 ? told : plain() ? PLAIN_PORT : TLS_PORT;
    }

    /** Where it is, for messages: {@code worker.example.com:8443}. */
    String place() {
        return address.getHost() + ":" + port();
    }

    private static void check(URI address) {
        String scheme = String.valueOf(address.getScheme());
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException(
                    "the address must begin with https:// or, for a server without TLS, http://");
        }
        if (address.getHost() == null || address.getRawUserInfo() != null) {
            throw new IllegalArgumentException("the address must have a host and no user");
        }
        String path = address.getRawPath();
        if ((!path.isEmpty() && !path.equals("/"))
                || address.getRawQuery() != null
                || address.getRawFragment() != null) {
            throw new IllegalArgumentException("the address must end with the host or its port");
        }
        if (address.getPort() == 0 || address.getPort() > 65535) {
            throw new IllegalArgumentException("the address's port must be 1 to 65535");
        }
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + " must be " + least.toMillis() + " ms to " + most.toMillis() + " ms");
        }
    }
}
