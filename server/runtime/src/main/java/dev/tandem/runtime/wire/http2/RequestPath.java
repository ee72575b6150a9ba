package dev.tandem.runtime.wire.http2;

/**
 * The path of a request as Helidon can take it.
 *
 * <p>Helidon 4.5.0 ends the whole connection on a path that is no URI (RFC 3986), as {@code /a%zz}.
 * What is wrong in it is replaced by {@link #UNREADABLE}, which passes Helidon and is no character
 * in UTF-8: so the routes refuse the path, and the caller reads why.
 */
final class RequestPath {
    static final String UNREADABLE = "%FF";

    /** Of ASCII, what has no place in a path unless encoded (RFC 3986, section 3.3). */
    private static final String ILLEGAL = " \"<>[\\]^`{|}";

    private RequestPath() {}

    static String readable(String target) {
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        if (!target.startsWith("/") || isReadable(target, end)) {
            return target;
        }
        StringBuilder path = new StringBuilder(target.length() + 8);
        for (int i = 0; i < end; i++) {
            if (isReadable(target, i, end)) {
                path.append(target.charAt(i));
            } else {
                path.append(UNREADABLE);
            }
        }
        return path.append(target, end, target.length()).toString();
    }

    private static boolean isReadable(String target, int end) {
        for (int i = 0; i < end; i++) {
            if (!isReadable(target, i, end)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReadable(String target, int at, int end) {
        char c = target.charAt(at);
        if (c == '%') {
            return at + 2 < end && isHex(target.charAt(at + 1)) && isHex(target.charAt(at + 2));
        }
        return c > ' ' && c < 127 && ILLEGAL.indexOf(c) < 0;
    }

    private static boolean isHex(char c) {
        return c < 128 && Character.digit(c, 16) >= 0;
    }
}
