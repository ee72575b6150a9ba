package dev.tandem.runtime.wire.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tandem.runtime.call.Reasons;
import io.helidon.webserver.CloseConnectionException;
import java.util.Arrays;

/**
 * The first line of a request (RFC 9112, section 3). Positions are those of the bytes it was read
 * from. One is used for all requests of a connection.
 */
final class RequestLine {
    private static final String NO_FORM = "its first line is not \"METHOD target HTTP/1.1\".";
    private static final byte[] SPOKEN = "HTTP/1.1".getBytes(ISO_8859_1);

    private int methodEnd;
    private int targetEnd;
    private int authority; // where it begins in a target that is a whole URL; otherwise 0
    private int authorityEnd;

    /**
     * Reads it.
     *
     * @param from where the line begins
     * @param to where it ends, its CR LF not included
     * @throws dev.tandem.runtime.call.ApiException where it cannot be served
     * @throws CloseConnectionException where it is of another protocol than HTTP
     */
    void read(byte[] bytes, int from, int to) {
        authority = 0;
        methodEnd = method(bytes, from, to);
        targetEnd = end(bytes, methodEnd + 1, to);
        if (targetEnd == methodEnd + 1 || targetEnd == to) {
            throw Malformed.request(NO_FORM);
        }
        requireHttp(bytes, methodEnd, to);
        version(bytes, targetEnd + 1, to);
        if (Octets.spell(bytes, from, methodEnd, "connect")) {
            throw Malformed.of(Reasons.UNIMPLEMENTED, "The server is no proxy: it has no CONNECT.");
        }
        target(bytes, from);
    }

    private static int method(byte[] bytes, int from, int to) {
        int at = from;
        boolean small = false;
        while (at < to && Octets.isToken(bytes[at])) {
            small |= bytes[at] >= 'a' && bytes[at] <= 'z';
            at++;
        }
        if (at == from || at == to || bytes[at] != Octets.SP) {
            throw Malformed.request(NO_FORM);
        }
        if (small) {
            String method = new String(bytes, from, Math.min(at - from, 40), ISO_8859_1);
            throw Malformed.of(
                    Reasons.UNIMPLEMENTED,
                    "There is no HTTP method " + method + "; methods are written in capitals.");
        }
        return at;
    }

    private static int end(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != Octets.SP) {
            at++;
        }
        return at;
    }

    /** Every version of HTTP has a slash; to another protocol an answer of ours is noise. */
    private static void requireHttp(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '/') {
                return;
            }
        }
        throw new CloseConnectionException("the client does not speak HTTP");
    }

    private static void version(byte[] bytes, int from, int to) {
        if (Arrays.equals(bytes, from, to, SPOKEN, 0, SPOKEN.length)) {
            return;
        }
        boolean version = to - from >= 6 && Octets.spell(bytes, from, from + 5, "http/");
        for (int at = from + 5; version && at < to; at++) {
            version = Octets.isDigit(bytes[at]) || bytes[at] == '.';
        }
        if (version && bytes[from] == 'H' && to - from < 12) {
            throw Malformed.of(
                    Reasons.HTTP_VERSION_NOT_SUPPORTED,
                    "The server speaks HTTP/1.1 and HTTP/2, not "
                            + new String(bytes, from, to - from, ISO_8859_1)
                            + "; behind nginx set proxy_http_version 1.1.");
        }
        throw Malformed.request(NO_FORM);
    }

    private void target(byte[] bytes, int from) {
        int at = methodEnd + 1;
        if (bytes[at] == '*' && targetEnd == at + 1) {
            if (!Octets.spell(bytes, from, methodEnd, "options")) {
                throw Malformed.path("only OPTIONS has the target *.");
            }
            return;
        }
        if (bytes[at] != '/') {
            at = absolute(bytes, at);
        }
        Target.check(bytes, at, targetEnd);
    }

    /** A whole URL (RFC 9112, section 3.2.2); returns where its path begins. */
    private int absolute(byte[] bytes, int from) {
        int colon = from;
        while (colon < targetEnd && bytes[colon] != ':') {
            colon++;
        }
        boolean web =
                Octets.spell(bytes, from, colon, "http")
                        || Octets.spell(bytes, from, colon, "https");
        if (!web || targetEnd - colon < 4 || bytes[colon + 1] != '/' || bytes[colon + 2] != '/') {
            throw Malformed.path("it must begin with / or http://.");
        }
        authority = colon + 3;
        authorityEnd = authority;
        while (authorityEnd < targetEnd && !endsAuthority(bytes[authorityEnd])) {
            authorityEnd++;
        }
        HostField.check(bytes, authority, authorityEnd);
        return authorityEnd;
    }

    private static boolean endsAuthority(byte b) {
        return b == '/' || b == '?' || b == '#';
    }

    int targetEnd() {
        return targetEnd;
    }

    int methodEnd() {
        return methodEnd;
    }

    /** Is the target a whole URL? */
    boolean absolute() {
        return authority > 0;
    }

    int authority() {
        return authority;
    }

    int authorityEnd() {
        return authorityEnd;
    }
}
