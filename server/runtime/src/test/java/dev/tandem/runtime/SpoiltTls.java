package dev.tandem.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * A client of TLS that asks for {@code /health}, and of whose bytes a few are changed on their way.
 * The same changes for the same seed. The JDK's engine is the client.
 */
final class SpoiltTls {
    /** The seed of a client that changes nothing. */
    static final long WHOLE = -1;

    private static final String REQUEST =
            "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int HEADER = 5;
    private static final byte[] ALERT = {0x15, 3, 3, 0, 2, 1, 0};
    private static final byte[] EMPTY = {0x17, 3, 3, 0, 0};
    private static final byte[] LONG = {0x16, 3, 1, (byte) 0xff, (byte) 0xff};

    private final SplittableRandom random;
    private final boolean whole;
    private final SSLEngine engine;
    private final Socket socket;
    private final ByteBuffer records;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private final long begun = System.nanoTime();
    private boolean spoilt;

    SpoiltTls(SSLContext context, int port, long seed) throws IOException {
        random = new SplittableRandom(seed);
        whole = seed == WHOLE;
        engine = context.createSSLEngine("localhost", port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        if (random.nextInt(3) == 0) {
            parameters.setProtocols(new String[] {"TLSv1.2"});
        }
        engine.setSSLParameters(parameters);
        records = ByteBuffer.allocate(1 << 17).limit(0);
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /**
     * What came back decrypted, after the server has closed; it fails where it does not close in
     * time.
     */
    String answer() throws IOException {
        try (socket) {
            try {
                if (handshake()) {
                    wrap(REQUEST.getBytes(StandardCharsets.US_ASCII));
                    while (unwrap()) {
                        // until the end
                    }
                }
            } catch (SSLException e) {
                spoilt |= answer.size() == 0; // by us, or the server said so
            }
            awaitEnd();
        } catch (SocketException e) {
            spoilt = true; // the server was faster
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    /** Has anything been changed, so that the server may close? */
    boolean spoilt() {
        return spoilt;
    }

    long millis() {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private boolean handshake() throws IOException {
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> wrap(new byte[0]);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap()) {
                        return false;
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return true;
                }
            }
        }
    }

    private void wrap(byte[] plain) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize() * 2);
        engine.wrap(ByteBuffer.wrap(plain), out);
        byte[] bytes = Arrays.copyOf(out.array(), out.position());
        if (!whole && random.nextInt(4) == 0) {
            bytes = changed(bytes);
        }
        send(bytes);
    }

    /** In up to four pieces. */
    private void send(byte[] bytes) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int to = Math.min(bytes.length, at + 1 + random.nextInt(Math.max(1, bytes.length / 2)));
            socket.getOutputStream().write(bytes, at, to - at);
            at = to;
        }
    }

    /** Takes a record; false at the end. */
    private boolean unwrap() throws IOException {
        ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize() * 2);
        while (true) {
            SSLEngineResult result = engine.unwrap(records, plain);
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                return false;
            }
            if (result.getStatus() != SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                answer.write(plain.array(), 0, plain.position());
                return true;
            }
            if (!readMore()) {
                return false;
            }
        }
    }

    private boolean readMore() throws IOException {
        records.compact();
        int size =
                socket.getInputStream()
                        .read(records.array(), records.position(), records.remaining());
        if (size > 0) {
            records.position(records.position() + size);
        }
        records.flip();
        return size > 0;
    }

    private void awaitEnd() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] some = new byte[4096];
        while (in.read(some) >= 0) {
            // what nobody decrypts
        }
    }

    // ---- the changes

    private byte[] changed(byte[] bytes) {
        spoilt = true;
        byte[] spoiled = bytes.clone();
        for (int i = 1 + random.nextInt(3); i > 0 && spoiled.length > 0; i--) {
            int at = random.nextInt(spoiled.length);
            switch (random.nextInt(9)) {
                case 0 -> spoiled[at] = (byte) random.nextInt();
                case 1 -> spoiled[random.nextInt(Math.min(spoiled.length, 48))] ^= 1;
                case 2 -> spoiled = Arrays.copyOf(spoiled, at);
                case 3 -> spoiled = joined(spoiled, spoiled);
                case 4 -> spoiled = joined(ALERT, spoiled);
                case 5 -> spoiled = joined(repeated(EMPTY, random.nextInt(200)), spoiled);
                case 6 -> spoiled = joined(LONG, spoiled);
                case 7 -> spoiled = fragmented(spoiled);
                default -> spoiled = noise();
            }
        }
        return spoiled;
    }

    /** One record as many, as RFC 8446, section 5.1, lets handshake messages come. */
    private byte[] fragmented(byte[] record) {
        if (record.length <= HEADER) {
            return record;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int most = 1 + random.nextInt(40);
        for (int at = HEADER; at < record.length; at += most) {
            int size = Math.min(most, record.length - at);
            all.write(record, 0, 3);
            all.write(0);
            all.write(size);
            all.write(record, at, size);
        }
        return all.toByteArray();
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(3000)];
        random.nextBytes(noise);
        return random.nextBoolean() ? joined(new byte[] {0x16, 3, 1}, noise) : noise;
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
        }
        return all;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
