package dev.tandem.bench.hop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection of the upstream: one request after the other. */
final class MockConnection {
    private static final int LARGEST_REQUEST = 64 << 10;
    private static final Pattern LENGTH =
            Pattern.compile("\ncontent-length: *(\\d+)", Pattern.CASE_INSENSITIVE);

    /** Answers that were asked for before, by their requests' JSON. */
    private static final Map<String, List<ByteBuffer>> ANSWERS = new HashMap<>();

    private final SocketChannel channel;
    private final SelectionKey key;
    private final ByteBuffer in = ByteBuffer.allocate(LARGEST_REQUEST);
    private final Deque<ByteBuffer> out = new ArrayDeque<>();

    MockConnection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /** Reads and writes what it can; streams with a pace go to the others. */
    void ready(Queue<MockStream> paced) throws IOException {
        if (key.isWritable()) {
            flush();
        }
        if (!key.isReadable()) {
            return;
        }
        if (channel.read(in) < 0) {
            channel.close();
            return;
        }
        String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
        int body = text.indexOf("\r\n\r\n") + 4;
        Matcher length = LENGTH.matcher(text);
        if (body >= 4
                && length.find()
                && text.length() >= body + Integer.parseInt(length.group(1))) {
            in.clear(); // nobody sends a request before the answer to the last
            answer(text.substring(body), paced);
        }
    }

    private void answer(String json, Queue<MockStream> paced) throws IOException {
        Asked asked = Asked.of(json);
        if (asked.everyMillis() > 0 && asked.streamed()) {
            send(Prepared.begin());
            paced.add(new MockStream(this, asked));
        } else {
            for (ByteBuffer write : ANSWERS.computeIfAbsent(json, _ -> prepared(asked))) {
                send(write.duplicate());
            }
        }
    }

    private static List<ByteBuffer> prepared(Asked asked) {
        List<byte[]> writes =
                asked.streamed()
                        ? Prepared.stream(asked.tokens(), asked.usage())
                        : List.of(Prepared.whole());
        return writes.stream()
                .map(bytes -> ByteBuffer.allocateDirect(bytes.length).put(bytes).flip())
                .toList();
    }

    void send(byte[] bytes) throws IOException {
        send(ByteBuffer.wrap(bytes));
    }

    private void send(ByteBuffer bytes) throws IOException {
        out.add(bytes);
        if (out.size() == 1) {
            flush();
        }
    }

    private void flush() throws IOException {
        while (!out.isEmpty()) {
            channel.write(out.element());
            if (out.element().hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            out.remove();
        }
        key.interestOps(SelectionKey.OP_READ);
    }
}
