package dev.tandem.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 on a socket of its own. */
final class Http1Exchange implements HttpExchange {
    /** Small, so that a reader who stops is felt by the server soon. */
    private static final int RECEIVE_BUFFER = 16 << 10;

    private final Socket socket;
    private final InputStream in;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private @Nullable InputStream body;
    private int status;

    private Http1Exchange(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 4096);
    }

    @SuppressWarnings("AddressSelection") // the loopback's address
    static Http1Exchange send(int port, HttpRequest request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        Http1Exchange exchange = new Http1Exchange(socket);
        try {
            socket.getOutputStream().write(bytes(port, request));
        } catch (IOException e) {
            // a server that refuses need not read it all; its answer tells why
            exchange.status();
        }
        return exchange;
    }

    private static byte[] bytes(int port, HttpRequest request) throws IOException {
        StringBuilder head = new StringBuilder();
        head.append(request.verb()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
        if (!request.headers().containsKey("host")) {
            head.append("host: 127.0.0.1:").append(port).append("\r\n");
        }
        request.headers().forEach((n, v) -> head.append(n).append(": ").append(v).append("\r\n"));
        if (request.body().length > 0 && !request.headers().containsKey("content-length")) {
            head.append("content-length: ").append(request.body().length).append("\r\n");
        }
        head.append("\r\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
        out.write(request.body());
        return out.toByteArray();
    }

    @Override
    public int status() throws IOException {
        head();
        return status;
    }

    @Override
    public Map<String, List<String>> headers() throws IOException {
        head();
        return headers;
    }

    @Override
    public InputStream body() throws IOException {
        return head();
    }

    /** For what follows where the server has changed the protocol. */
    OutputStream output() throws IOException {
        return socket.getOutputStream();
    }

    private InputStream head() throws IOException {
        if (body != null) {
            return body;
        }
        String first = line();
        status = Integer.parseInt(first.split(" ", 3)[1]);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        InputStream opened = framed();
        body = opened;
        return opened;
    }

    private InputStream framed() {
        if (headers.containsKey("transfer-encoding")) {
            return new ChunkedInput(in);
        }
        List<String> length = headers.get("content-length");
        return length == null ? in : new BoundedInput(in, Long.parseLong(length.getFirst()));
    }

    private String line() throws IOException {
        return Lines.next(in);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
