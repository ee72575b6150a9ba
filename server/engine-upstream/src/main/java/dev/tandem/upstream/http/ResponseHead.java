package dev.tandem.upstream.http;

import dev.tandem.upstream.http.UpstreamException.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status and headers of an answer: RFC 9112, sections 4 and 5.
 *
 * @param status 200 to 599
 * @param keptByVersion does a connection of this version go on unless told?
 * @param headers names in lower case; values in their order
 */
record ResponseHead(int status, boolean keptByVersion, Map<String, List<String>> headers) {
    private static final Pattern FIRST_LINE =
            Pattern.compile("HTTP/1\\.([01]) ([1-5]\\d\\d)(?: .*)?");
    private static final int FIRST_FINAL = 200;
    private static final int SWITCHING = 101;

    /** Reads until the blank line; answers that announce another (1xx) are passed over. */
    static ResponseHead read(ConnectionInput in, int largest) throws IOException {
        Lines lines = new Lines(in, largest);
        ResponseHead head = one(lines);
        while (head.status < FIRST_FINAL && head.status != SWITCHING) {
            head = one(lines);
        }
        if (head.status == SWITCHING) {
            throw malformed("the server switches to another protocol, which nobody asked for");
        }
        return head;
    }

    private static ResponseHead one(Lines lines) throws IOException {
        Matcher first = FIRST_LINE.matcher(lines.next());
        if (!first.matches()) {
            throw malformed("the answer does not begin as one of HTTP/1.1 does");
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            int colon = line.indexOf(':');
            if (colon <= 0 || line.charAt(0) <= ' ' || line.charAt(colon - 1) <= ' ') {
                throw malformed("the answer has a header line without a name");
            }
            headers.computeIfAbsent(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            name -> new ArrayList<>(1))
                    .add(line.substring(colon + 1).strip());
        }
        return new ResponseHead(
                Integer.parseInt(first.group(2)), first.group(1).equals("1"), headers);
    }

    /** The first value of a header; the name in lower case. */
    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Does a list of tokens, as in {@code connection}, have this one? In lower case. */
    boolean lists(String name, String token) {
        return headers.getOrDefault(name, List.of()).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .anyMatch(each -> each.strip().equalsIgnoreCase(token));
    }

    /** Does the connection go on behind the answer, by its head? */
    boolean keepsConnection() {
        return keptByVersion && !lists("connection", "close");
    }

    static UpstreamException malformed(String what) {
        return new UpstreamException(Fault.MALFORMED, what);
    }

    /** Lines that end with CRLF or LF, of so many bytes together. */
    static final class Lines {
        private final ConnectionInput in;
        private int left;

        Lines(ConnectionInput in, int largest) {
            this.in = in;
            left = largest;
        }

        String next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(80);
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new UpstreamException(
                            Fault.CUT_OFF, "the connection ended before the answer did");
                }
                if (--left <= 0) {
                    throw new UpstreamException(
                            Fault.TOO_LARGE, "the answer's head is larger than it may be");
                }
                line.write(c);
            }
            String text = line.toString(StandardCharsets.ISO_8859_1);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
    }
}
