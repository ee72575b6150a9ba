package dev.tandem.upstream.http;

import java.net.URI;
import java.util.Locale;

/**
 * A server by its address: what connections are kept for (RFC 9110, section 4.3.1).
 *
 * @param secure by TLS?
 * @param host in lower case; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record Origin(boolean secure, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int LAST_PORT = 65_535;

    public Origin {
        if (host.isEmpty() || port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException(
                    "an address needs a host and a port from 1 to 65535");
        }
    }

    /**
     * The origin of an address.
     *
     * @throws IllegalArgumentException where it is not http or https, names no host, or carries a
     *     user name, which does not belong into an address
     */
    public static Origin of(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme();
        boolean secure = scheme.equalsIgnoreCase("https");
        if (!secure && !scheme.equalsIgnoreCase("http")) {
            throw new IllegalArgumentException("the address must begin with http:// or https://");
        }
        String host = address.getHost();
        if (host == null || address.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the address must name a host, and no user: https://host/v1");
        }
        int usual = secure ? HTTPS : HTTP;
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Origin(
                secure,
                bare.toLowerCase(Locale.ROOT),
                address.getPort() < 0 ? usual : address.getPort());
    }

    /** As in the header {@code host}: without the scheme's usual port. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure ? HTTPS : HTTP) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + authority();
    }
}
