package dev.tandem.runtime.wire.port;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * HTTP/2 by hand: frames out, frames in. It reads on a thread of its own, answers SETTINGS and
 * PING, gives windows back where it is told to, and notes whether the server ever sent more than it
 * was allowed to.
 */
final class Http2Client extends Http2Format implements AutoCloseable {
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** What the client allows and how it behaves; fields are set before {@link #open}. */
    static final class Behaviour {
        int initialWindow = 65_535;
        int moreConnectionWindow;
        int headerTable = -1; // not told
        int receiveBuffer;
        boolean givesConnectionWindow = true;
        boolean givesStreamWindow = true;
        final Set<Integer> mutedStreams = ConcurrentHashMap.newKeySet();
        volatile boolean reads = true;
        volatile boolean answersPing = true;
    }

    final Behaviour behaviour;
    final Socket socket;

    /** All frames but DATA. */
    final List<Http2Frame> frames = new CopyOnWriteArrayList<>();

    private final Map<Integer, Long> received = new ConcurrentHashMap<>();
    private final Map<Integer, ByteArrayOutputStream> bodies = new ConcurrentHashMap<>();
    private final Http2Windows windows = new Http2Windows();
    private final Set<Integer> ended = ConcurrentHashMap.newKeySet();
    private final OutputStream out;
    private final DataInputStream in;
    private final Map<Integer, Long> granted = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean closedByServer;
    private volatile boolean closedWhileSending;
    private volatile String end = "not yet";
    volatile boolean keepsBodies = true;

    private Http2Client(Socket socket, Behaviour behaviour) throws IOException {
        this.socket = socket;
        this.behaviour = behaviour;
        out = socket.getOutputStream();
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 65_536));
    }

    static Http2Client open(int port) throws IOException {
        return open(port, new Behaviour());
    }

    static Http2Client open(int port, Behaviour behaviour) throws IOException {
        Socket socket = new Socket();
        if (behaviour.receiveBuffer > 0) {
            socket.setReceiveBufferSize(behaviour.receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        return open(socket, behaviour);
    }

    static Http2Client open(Socket socket, Behaviour behaviour) throws IOException {
        Http2Client client = new Http2Client(socket, behaviour);
        client.out.write(PREFACE);
        if (behaviour.headerTable < 0) {
            client.initialWindow(behaviour.initialWindow);
        } else {
            client.setting(1, behaviour.headerTable);
        }
        if (behaviour.moreConnectionWindow > 0) {
            client.window(0, behaviour.moreConnectionWindow);
        }
        Thread.ofVirtual().name("http2-test-client").start(client::readAll);
        return client;
    }

    // ---- out

    synchronized void raw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    void frame(int type, int flags, int id, byte... payload) throws IOException {
        raw(bytes(type, flags, id, payload));
    }

    void initialWindow(int size) throws IOException {
        windows.initial(size);
        setting(4, size);
    }

    private void setting(int key, int value) throws IOException {
        frame(SETTINGS, 0, 0, ByteBuffer.allocate(6).putShort((short) key).putInt(value).array());
    }

    void window(int id, int increment) throws IOException {
        windows.widen(id, increment);
        frame(WINDOW_UPDATE, 0, id, int32(increment));
    }

    void reset(int id) throws IOException {
        frame(RST_STREAM, 0, id, int32(8));
    }

    void headers(int id, String method, String path, boolean end, String... more)
            throws IOException {
        frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), id, block(method, path, more));
    }

    void get(int id, String path) throws IOException {
        headers(id, "GET", path, true);
    }

    void data(int id, byte[] payload, boolean end) throws IOException {
        frame(DATA, end ? END_STREAM : 0, id, payload);
    }

    /** Frames of a body. */
    void rawData(byte[] frames, int flowBytes) throws IOException {
        sent.addAndGet(flowBytes);
        raw(frames);
    }

    /** Bytes of bodies that were sent by other means. */
    void countSent(int flowBytes) {
        sent.addAndGet(flowBytes);
    }

    // ---- in

    private void readAll() {
        try {
            while (true) {
                Eventually.until("the client reads again", () -> behaviour.reads);
                accept(Http2Frame.read(in));
            }
        } catch (IOException | AssertionError e) {
            end = e.toString();
            closedByServer = true;
        }
    }

    private void accept(Http2Frame frame) throws IOException {
        switch (frame.type) {
            case DATA -> acceptData(frame);
            case WINDOW_UPDATE -> granted.merge(frame.id, (long) frame.int32(0), Long::sum);
            case SETTINGS -> {
                if (frame.flags == 0) {
                    frame(SETTINGS, 1, 0);
                }
            }
            case PING -> {
                if (frame.flags == 0 && behaviour.answersPing) {
                    frame(PING, 1, 0, frame.payload);
                }
            }
            default -> {}
        }
        if (frame.type != DATA) {
            frames.add(frame);
        }
        if (frame.ends()) {
            ended.add(frame.id);
        }
    }

    private void acceptData(Http2Frame frame) throws IOException {
        int length = frame.payload.length;
        windows.take(frame.id, length);
        if (keepsBodies) {
            bodies.computeIfAbsent(frame.id, id -> new ByteArrayOutputStream())
                    .writeBytes(frame.payload);
        }
        received.merge(frame.id, (long) length, Long::sum);
        if (length > 0
                && behaviour.givesStreamWindow
                && !behaviour.mutedStreams.contains(frame.id)) {
            window(frame.id, length);
        }
        if (length > 0 && behaviour.givesConnectionWindow) {
            window(0, length);
        }
    }

    // ---- what was seen

    /** What the server gave beyond the initial window. */
    long granted(int id) {
        return granted.getOrDefault(id, 0L);
    }

    /** Bytes of bodies sent by {@link #rawData}. */
    long sent() {
        return sent.get();
    }

    long received(int id) {
        return received.getOrDefault(id, 0L);
    }

    long received() {
        return received.values().stream().mapToLong(Long::longValue).sum();
    }

    String body(int id) {
        ByteArrayOutputStream body = bodies.get(id);
        return body == null ? "" : body.toString(StandardCharsets.UTF_8);
    }

    boolean ended(int id) {
        return ended.contains(id);
    }

    boolean closedByServer() {
        return closedByServer;
    }

    /** Whether the server sent more than a window allowed. */
    boolean overran() {
        return windows.overran();
    }

    /** Whether anything above zero is left in the stream's window. */
    long window(int id) {
        return windows.left(id);
    }

    List<Http2Frame> seen(Predicate<Http2Frame> which) {
        return frames.stream().filter(which).toList();
    }

    boolean has(Predicate<Http2Frame> which) {
        return frames.stream().anyMatch(which);
    }

    /** The latest frames, for messages. */
    private String latest() {
        return frames.subList(Math.max(0, frames.size() - 10), frames.size())
                + " GOAWAY codes "
                + goAways().stream().map(frame -> frame.int32(4)).toList()
                + (closedWhileSending ? " closed while sending" : "")
                + " end "
                + end;
    }

    /** The error code of the stream's RST_STREAM, -1 without one. */
    int resetCode(int id) {
        return seen(frame -> frame.type == RST_STREAM && frame.id == id).stream()
                .mapToInt(frame -> frame.int32(0))
                .findFirst()
                .orElse(-1);
    }

    List<Http2Frame> goAways() {
        return seen(frame -> frame.type == GOAWAY);
    }

    void awaitEnd(int... ids) {
        for (int id : ids) {
            Eventually.until(
                    () -> "stream " + id + " ends; seen " + latest(),
                    () -> ended(id) || closedByServer);
            if (!ended(id)) {
                throw new AssertionError("the server closed before stream " + id + ": " + latest());
            }
        }
    }

    void awaitHeaders(int id) {
        Eventually.until(
                () -> "headers of " + id + "; seen " + latest(),
                () -> has(frame -> frame.type == HEADERS && frame.id == id));
    }

    int awaitReset(int id) {
        Eventually.until(
                () -> "RST_STREAM " + id + "; seen " + latest(),
                () -> resetCode(id) >= 0 || closedByServer);
        return resetCode(id);
    }

    /** A value of the server's SETTINGS; -1 where it sent none. */
    int setting(int key) {
        Eventually.until(
                "SETTINGS", () -> has(frame -> frame.type == SETTINGS && frame.flags == 0));
        Http2Frame settings = seen(frame -> frame.type == SETTINGS && frame.flags == 0).getFirst();
        ByteBuffer entries = ByteBuffer.wrap(settings.payload);
        while (entries.hasRemaining()) {
            int found = entries.getShort();
            int value = entries.getInt();
            if (found == key) {
                return value;
            }
        }
        return -1;
    }

    /** Something that sends. */
    @FunctionalInterface
    interface Sending {
        void run() throws IOException;
    }

    /** Sends; that the server closed meanwhile is no failure of the test's. */
    void quietly(Sending sending) {
        try {
            sending.run();
        } catch (IOException e) {
            closedWhileSending = true;
        }
    }

    /** Waits for GOAWAY and the end of the connection; returns the error code. */
    int awaitConnectionError() {
        Eventually.until(() -> "the server closes; seen " + latest(), () -> closedByServer);
        return goAways().isEmpty() ? -1 : goAways().getLast().int32(4);
    }

    /** Waits until the server has handled all that was sent before. */
    void roundTrip() throws IOException {
        byte[] token = ByteBuffer.allocate(8).putLong(System.nanoTime()).array();
        frame(PING, 0, 0, token);
        Eventually.until(
                () -> "PING is answered; seen " + latest(),
                () ->
                        has(frame ->
                                frame.type == PING
                                        && frame.flags == 1
                                        && java.util.Arrays.equals(frame.payload, token)));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
