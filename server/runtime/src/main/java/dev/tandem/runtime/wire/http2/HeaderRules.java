package dev.tandem.runtime.wire.http2;

import io.helidon.http.Header;
import io.helidon.http.Headers;
import java.util.Set;

/**
 * What response headers and trailers must be before they are encoded (RFC 9113, section 8.2).
 *
 * <p>Helidon 4.5.0 encodes what it is given: one character outside ASCII ruins the client's HPACK
 * state and with it every call of the connection, and a block above 16 KiB is written wrongly.
 */
final class HeaderRules {
    /** Counted as RFC 9113, section 6.5.2, does. */
    static final int MAX_BYTES = 8 * 1024;

    private static final int OVERHEAD = 32;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private HeaderRules() {}

    /** Throws {@link IllegalArgumentException} that names the header and what to do about it. */
    static void check(Headers headers) {
        int size = 0;
        for (Header header : headers) {
            String name = header.headerName().lowerCase();
            checkName(name);
            for (String value : header.allValues()) {
                checkValue(name, value);
                size += name.length() + value.length() + OVERHEAD;
            }
        }
        if (size > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "headers of %d bytes; send at most %d".formatted(size, MAX_BYTES));
        }
    }

    /**
     * Whether a request's field may have this name: a token in lower case that is not about the
     * connection (RFC 9113, sections 8.2.1 and 8.2.2).
     */
    static boolean isRequestField(String name) {
        return isToken(name) && !OF_THE_CONNECTION.contains(name);
    }

    private static void checkName(String name) {
        if (!isToken(name)) {
            throw new IllegalArgumentException(
                    "header name \""
                            + printable(name)
                            + "\"; use lower-case ASCII letters, digits, hyphens");
        }
        if (OF_THE_CONNECTION.contains(name)) {
            throw new IllegalArgumentException(
                    "header " + name + " has no place in HTTP/2; leave it out");
        }
    }

    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
            if (!plain && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static void checkValue(String name, String value) {
        if (!isVisible(value) || !value.equals(value.strip())) {
            throw new IllegalArgumentException(
                    "value of header "
                            + name
                            + ": \""
                            + printable(value)
                            + "\"; encode it in visible ASCII without spaces around it");
        }
    }

    private static boolean isVisible(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' || c >= 127) && c != '\t') {
                return false;
            }
        }
        return true;
    }

    private static String printable(String text) {
        return text.codePoints()
                .limit(80)
                .collect(
                        StringBuilder::new,
                        (out, c) -> out.append(c >= ' ' && c < 127 ? (char) c : '?'),
                        StringBuilder::append)
                .toString();
    }
}
