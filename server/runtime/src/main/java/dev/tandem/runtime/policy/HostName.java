package dev.tandem.runtime.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The host in a {@code Host} header, an {@code :authority} or an origin, without its port. */
final class HostName {
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:/@\\s]+)(:\\d{1,5})?");
    private static final Pattern ORIGIN = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://(.+)");
    private static final Pattern LOOPBACK_V4 =
            Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");

    private HostName() {}

    /** Of {@code host[:port]}, in lower case; empty where it is malformed. */
    static Optional<String> ofAuthority(String authority) {
        Matcher matcher = AUTHORITY.matcher(authority);
        return matcher.matches() ? Optional.of(plain(matcher.group(1))) : Optional.empty();
    }

    /** Of {@code scheme://host[:port]}; empty where it is malformed or the opaque {@code null}. */
    static Optional<String> ofOrigin(String origin) {
        Matcher matcher = ORIGIN.matcher(origin);
        return matcher.matches() ? ofAuthority(matcher.group(1)) : Optional.empty();
    }

    /** Does the name lead to this machine whoever resolves it (RFC 6761, section 6.3)? */
    static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || LOOPBACK_V4.matcher(host).matches();
    }

    /** Lower case, without the dot of an absolute name. */
    static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
