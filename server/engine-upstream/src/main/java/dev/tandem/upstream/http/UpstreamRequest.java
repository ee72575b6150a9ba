package dev.tandem.upstream.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A request as it is written. Immutable. Its text shows no header. */
public final class UpstreamRequest {
    private record Header(String name, String value) {}

    private static final Pattern TARGET = Pattern.compile("/[\\x21-\\x7E]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E]*");

    private final String method;
    private final String target;
    private final List<Header> headers;
    private final byte[] body;

    private UpstreamRequest(String method, String target, List<Header> headers, byte[] body) {
        if (!TARGET.matcher(target).matches()) {
            throw new IllegalArgumentException("a target is an encoded path: /v1/models");
        }
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
    }

    /** Asks for what is at a path. */
    public static UpstreamRequest get(String target) {
        return new UpstreamRequest("GET", target, List.of(), new byte[0]);
    }

    /**
     * Sends JSON to a path.
     *
     * @param body not to be changed any more
     */
    public static UpstreamRequest post(String target, byte[] body) {
        return new UpstreamRequest(
                "POST", target, List.of(new Header("content-type", "application/json")), body);
    }

    /**
     * One more header.
     *
     * @throws IllegalArgumentException where name or value cannot stand in a header; the text does
     *     not show the value
     */
    public UpstreamRequest header(String name, String value) {
        if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "the header " + name + " must be visible ASCII characters and blanks");
        }
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new UpstreamRequest(method, target, List.copyOf(more), body);
    }

    /** Head and body, as one write: RFC 9112, section 3. */
    byte[] bytes(Origin origin) {
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        head.append("host: ").append(origin.authority()).append("\r\n");
        head.append("accept-encoding: identity\r\nuser-agent: tandem\r\n");
        for (Header header : headers) {
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        if (!method.equals("GET")) {
            head.append("content-length: ").append(body.length).append("\r\n");
        }
        head.append("\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + body.length);
        all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
