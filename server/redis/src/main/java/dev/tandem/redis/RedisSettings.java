package dev.tandem.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which Redis, and how long it is waited for.
 *
 * @param url {@code redis://} or, with TLS, {@code rediss://}, then {@code
 *     [[user]:password@]host[:port][/database]}; carries a secret
 * @param authority the file of the authorities whose certificates are trusted, PEM; empty for those
 *     of Java
 * @param patience how long a call waits for Redis in all; 100 ms unless told
 * @param lease how long what a server holds at once stays held when the server is gone; 30 s unless
 *     told
 */
public record RedisSettings(URI url, Optional<Path> authority, Duration patience, Duration lease) {
    private static final int PORT = 6379;
    private static final Set<String> SCHEMES = Set.of("redis", "rediss");

    /**
     * The usual settings.
     *
     * @throws IllegalArgumentException where it is no such URL; the message does not repeat it
     */
    public static RedisSettings of(String url) {
        return new RedisSettings(
                parsed(url), Optional.empty(), Duration.ofMillis(100), Duration.ofSeconds(30));
    }

    private static URI parsed(String url) {
        try {
            URI parsed = new URI(url);
            boolean path = parsed.getPath() == null || parsed.getPath().matches("/?|/[0-9]{1,4}");
            if (parsed.getScheme() != null
                    && SCHEMES.contains(parsed.getScheme())
                    && parsed.getHost() != null
                    && path) {
                return parsed;
            }
        } catch (URISyntaxException e) {
            throw wrong(); // without the cause: its message has the password
        }
        throw wrong();
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException(
                "is not of the form redis://user:password@host:6379/0 (rediss:// with TLS; special"
                        + " characters of the password percent-encoded)");
    }

    /** Trusts these authorities. */
    public RedisSettings withAuthority(Path file) {
        return new RedisSettings(url, Optional.of(file), patience, lease);
    }

    /** Holds leases for another time. */
    public RedisSettings withLease(Duration other) {
        return new RedisSettings(url, authority, patience, other);
    }

    /** Waits for another time. */
    public RedisSettings withPatience(Duration other) {
        return new RedisSettings(url, authority, other, lease);
    }

    boolean tls() {
        return url.getScheme().equals("rediss");
    }

    int port() {
        return url.getPort() < 0 ? PORT : url.getPort();
    }

    int database() {
        String path = url.getPath() == null ? "" : url.getPath().replace("/", "");
        return path.isEmpty() ? 0 : Integer.parseInt(path);
    }

    Optional<String> user() {
        return userInfo(0).filter(name -> !name.isEmpty());
    }

    Optional<String> password() {
        return userInfo(1);
    }

    private Optional<String> userInfo(int part) {
        String info = url.getUserInfo();
        if (info == null) {
            return Optional.empty();
        }
        int colon = info.indexOf(':');
        if (colon < 0) {
            return part == 0 ? Optional.of(info) : Optional.empty();
        }
        return Optional.of(part == 0 ? info.substring(0, colon) : info.substring(colon + 1));
    }

    /** Where it is; without user and password. */
    @Override
    public String toString() {
        return url.getScheme() + "://" + url.getHost() + ":" + port() + "/" + database();
    }
}
