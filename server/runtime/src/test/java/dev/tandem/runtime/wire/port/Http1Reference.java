package dev.tandem.runtime.wire.port;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a strict server reads in the bytes of a connection: written from RFC 9112's grammar in
 * regular expressions, to be compared with one that is written otherwise.
 */
final class Http1Reference {
    private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
    private static final String HOST =
            "(?:[A-Za-z0-9\\-._~!$&'()*+,;=%]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{0,5})?";
    private static final String PATH =
            "(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*(?:\\?[!-\"$-~]*)?";
    private static final Pattern LINE =
            Pattern.compile(
                    "(?<method>[!#$%&'*+\\-.^_`|~0-9A-Z]+) (?:(?i:https?)://(?<host>"
                            + HOST
                            + ")(?=[/? ]))?(?<path>"
                            + PATH
                            + "|\\*) HTTP/1\\.1\r\n");
    private static final Pattern FIELD =
            Pattern.compile("(" + TOKEN + "):[ \t]*([\t -~\u0080-\u00ff]*?)[ \t]*\r\n");
    private static final String EXTENSION =
            "(?:;[ \t]*"
                    + TOKEN
                    + "(?:=[ \t]*(?:"
                    + TOKEN
                    + "|\"(?:[\t !#-\\[\\]-~\u0080-\u00ff]|\\\\[\t -~\u0080-\u00ff])*\"))?)*";
    private static final Pattern CHUNK =
            Pattern.compile("([0-9A-Fa-f]{1,15})" + EXTENSION + "\r\n");

    private final String bytes;
    private final List<String> read = new ArrayList<>();
    private int at;

    private Http1Reference(String bytes) {
        this.bytes = bytes;
    }

    /**
     * Each request that is whole and good: method, path, body. It ends with the first that is not.
     */
    static List<String> requests(String bytes) {
        Http1Reference reference = new Http1Reference(bytes);
        while (reference.request()) {
            // the next
        }
        return reference.read;
    }

    /** Reads one; returns whether another may follow. */
    private boolean request() {
        for (int i = 0; i < 2 && bytes.startsWith("\r\n", at); i++) {
            at += 2;
        }
        Matcher line = next(LINE);
        if (line == null || !isTarget(line)) {
            return false;
        }
        List<String[]> fields = fields();
        if (fields == null) {
            return false;
        }
        List<String> lengths = values(fields, "content-length");
        List<String> codings = values(fields, "transfer-encoding");
        List<String> expected = values(fields, "expect");
        boolean good =
                values(fields, "host").size() == 1
                        && values(fields, "host").getFirst().matches(HOST)
                        && values(fields, "content_length").isEmpty()
                        && values(fields, "transfer_encoding").isEmpty()
                        && lengths.size() <= 1
                        && (codings.isEmpty()
                                || (codings.size() == 1
                                        && lengths.isEmpty()
                                        && codings.getFirst().equalsIgnoreCase("chunked")))
                        && expected.stream()
                                .allMatch(each -> each.equalsIgnoreCase("100-continue"));
        if (!good) {
            return false;
        }
        String body = codings.isEmpty() ? fixed(lengths) : chunked();
        if (body == null) {
            return false;
        }
        String path = line.group("path");
        String written = line.group("host") != null && !path.startsWith("/") ? "/" + path : path;
        read.add(line.group("method") + " " + written + " " + body);
        return values(fields, "connection").stream()
                .flatMap(each -> List.of(each.split(",")).stream())
                .noneMatch(each -> each.strip().equalsIgnoreCase("close"));
    }

    private static boolean isTarget(Matcher line) {
        String path = line.group("path");
        String method = line.group("method");
        if (method.equals("CONNECT")) {
            return false;
        }
        if (path.equals("*")) {
            return method.equals("OPTIONS") && line.group("host") == null;
        }
        return line.group("host") != null || path.startsWith("/");
    }

    private @Nullable Matcher next(Pattern pattern) {
        Matcher matcher = pattern.matcher(bytes).region(at, bytes.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher;
    }

    private @Nullable List<String[]> fields() {
        List<String[]> fields = new ArrayList<>();
        while (!bytes.startsWith("\r\n", at)) {
            Matcher field = next(FIELD);
            if (field == null) {
                return null;
            }
            fields.add(new String[] {field.group(1).toLowerCase(Locale.ROOT), field.group(2)});
        }
        at += 2;
        return fields;
    }

    private static List<String> values(List<String[]> fields, String name) {
        return fields.stream()
                .filter(field -> field[0].equals(name))
                .map(field -> field[1])
                .toList();
    }

    private @Nullable String fixed(List<String> lengths) {
        if (lengths.isEmpty()) {
            return "";
        }
        if (!lengths.getFirst().matches("[0-9]{1,9}")) {
            return null;
        }
        int length = Integer.parseInt(lengths.getFirst());
        if (length > bytes.length() - at) {
            return null;
        }
        at += length;
        return bytes.substring(at - length, at);
    }

    private @Nullable String chunked() {
        StringBuilder body = new StringBuilder();
        while (true) {
            Matcher chunk = next(CHUNK);
            if (chunk == null) {
                return null;
            }
            long size = Long.parseLong(chunk.group(1), 16);
            if (size == 0) {
                return fields() == null ? null : body.toString();
            }
            if (size > bytes.length() - at || !bytes.startsWith("\r\n", at + (int) size)) {
                return null;
            }
            body.append(bytes, at, at + (int) size);
            at += (int) size + 2;
        }
    }
}
