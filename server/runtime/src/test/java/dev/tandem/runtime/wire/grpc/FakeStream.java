package dev.tandem.runtime.wire.grpc;

import com.google.protobuf.ByteString;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.Registration;
import dev.tandem.runtime.wire.connection.StreamGoneException;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A stream in memory: what the client sends is put in, what the server answers is looked at. */
final class FakeStream implements OwnedStream {
    /**
     * What the client does.
     *
     * @param bytes what it sends; empty at its end, null when it leaves
     */
    private record Act(@Nullable ByteString bytes) {
        boolean last() {
            return bytes == null || bytes.isEmpty();
        }
    }

    private final String method;
    private final String path;
    private final WritableHeaders<?> headers = WritableHeaders.create();
    private final BlockingQueue<Act> incoming = new LinkedBlockingQueue<>();
    private final List<Runnable> onGone = new CopyOnWriteArrayList<>();
    private volatile boolean gone;
    private volatile boolean aborted;
    private volatile @Nullable Runnable unread;
    private final CountDownLatch freed = new CountDownLatch(1);

    private final List<String> events = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, String> answered = new HashMap<>();
    private final Map<String, String> trailers = new HashMap<>();
    private int status;

    FakeStream(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** A gRPC request without body yet. */
    static FakeStream grpc(String path) {
        return new FakeStream("POST", path).with("content-type", "application/grpc");
    }

    FakeStream with(String name, String value) {
        headers.set(HeaderValues.create(HeaderNames.create(name), value));
        return this;
    }

    FakeStream sends(byte[] bytes) {
        incoming.add(new Act(ByteString.copyFrom(bytes)));
        return this;
    }

    FakeStream ends() {
        incoming.add(new Act(ByteString.EMPTY));
        return this;
    }

    /**
     * The client reads nothing: who sends, waits.
     *
     * @param whenWaiting what happens then
     */
    FakeStream unread(Runnable whenWaiting) {
        unread = whenWaiting;
        return this;
    }

    /** The client resets the stream. */
    void leave() {
        gone = true;
        freed.countDown();
        incoming.add(new Act(null));
        onGone.forEach(Runnable::run);
    }

    int status() {
        return status;
    }

    byte[] body() {
        return body.toByteArray();
    }

    /** The order of what was sent: headers, data, trailers, or headers+end. */
    List<String> events() {
        return events;
    }

    @Nullable String header(String name) {
        return answered.get(name);
    }

    /** A trailer, wherever it stands: behind the messages or alone. */
    @Nullable String trailer(String name) {
        return trailers.get(name);
    }

    Map<String, String> allTrailers() {
        return trailers;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public PeerInfo peer() {
        return new Loopback();
    }

    @Override
    public boolean secure() {
        return false;
    }

    @Override
    public byte @Nullable [] take() throws InterruptedException {
        Act act = incoming.take();
        if (act.last()) {
            incoming.add(act); // again and again
        }
        return act.bytes() == null ? null : act.bytes().toByteArray();
    }

    @Override
    public void headers(int code, WritableHeaders<?> sent, boolean endStream) {
        check(false);
        status = code;
        events.add(endStream ? "headers+end" : "headers");
        copy(sent, endStream ? trailers : answered);
        if (endStream) {
            copy(sent, answered);
        }
    }

    @Override
    public void data(byte[] bytes, int offset, int length, boolean endStream) {
        Runnable whenWaiting = unread;
        if (whenWaiting != null) {
            Thread.startVirtualThread(whenWaiting);
            awaitFreed();
        }
        check(true);
        events.add("data");
        body.write(bytes, offset, length);
    }

    @Override
    public void trailers(WritableHeaders<?> sent) {
        check(false);
        events.add("trailers");
        copy(sent, trailers);
    }

    @Override
    public void abortSend() {
        aborted = true;
        freed.countDown();
    }

    @Override
    public void resumeSend() {
        aborted = false;
    }

    @Override
    public void reset(int errorCode) {
        events.add("reset " + errorCode);
    }

    @Override
    public Registration onGone(Runnable action) {
        onGone.add(action);
        if (gone) {
            action.run();
        }
        return () -> onGone.remove(action);
    }

    @Override
    public boolean gone() {
        return gone;
    }

    /** As the real one: only the stream's own events end the wait, no interrupt does. */
    private void awaitFreed() {
        boolean interrupted = false;
        while (freed.getCount() > 0) {
            try {
                freed.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(boolean data) {
        if (gone) {
            throw new StreamGoneException(StreamGoneException.Reason.RESET);
        }
        if (data && aborted) {
            throw new StreamGoneException(StreamGoneException.Reason.ABORTED);
        }
    }

    private static void copy(Headers from, Map<String, String> to) {
        for (Header header : from) {
            to.put(header.headerName().lowerCase(), String.join(",", header.allValues()));
        }
    }

    private record Loopback() implements PeerInfo {
        @Override
        public SocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        }

        @Override
        public String host() {
            return "localhost";
        }

        @Override
        public int port() {
            return 1;
        }

        @Override
        public Optional<Principal> tlsPrincipal() {
            return Optional.empty();
        }

        @Override
        public Optional<Certificate[]> tlsCertificates() {
            return Optional.empty();
        }
    }
}
