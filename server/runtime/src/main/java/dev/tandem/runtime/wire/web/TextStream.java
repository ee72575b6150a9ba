package dev.tandem.runtime.wire.web;

import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.wire.connection.OwnedStream;
import dev.tandem.runtime.wire.connection.Registration;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose body is base64 both ways, for browsers that give a page text only. Each piece that
 * is sent is a run of its own, with its padding, so that it can be decoded as it comes.
 */
final class TextStream implements OwnedStream {
    private final OwnedStream stream;
    private final TextDecoder decoder = new TextDecoder();

    TextStream(OwnedStream stream) {
        this.stream = stream;
    }

    @Override
    public byte @Nullable [] take() throws InterruptedException {
        while (true) {
            byte[] text = stream.take();
            if (text == null) {
                return null;
            }
            if (text.length == 0) {
                return decoder.end();
            }
            byte[] bytes = decoder.decode(text);
            if (bytes.length > 0) {
                return bytes;
            }
        }
    }

    @Override
    public void data(byte[] bytes, int offset, int length, boolean endStream) {
        byte[] text =
                Base64.getEncoder().encode(Arrays.copyOfRange(bytes, offset, offset + length));
        stream.data(text, 0, text.length, endStream);
    }

    @Override
    public String method() {
        return stream.method();
    }

    @Override
    public String path() {
        return stream.path();
    }

    @Override
    public Headers headers() {
        return stream.headers();
    }

    @Override
    public PeerInfo peer() {
        return stream.peer();
    }

    @Override
    public boolean secure() {
        return stream.secure();
    }

    @Override
    public void headers(int status, WritableHeaders<?> headers, boolean endStream) {
        stream.headers(status, headers, endStream);
    }

    @Override
    public void trailers(WritableHeaders<?> trailers) {
        stream.trailers(trailers);
    }

    @Override
    public void abortSend() {
        stream.abortSend();
    }

    @Override
    public void resumeSend() {
        stream.resumeSend();
    }

    @Override
    public boolean endsByInterrupt() {
        return stream.endsByInterrupt();
    }

    @Override
    public void reset(int errorCode) {
        stream.reset(errorCode);
    }

    @Override
    public Registration onGone(Runnable action) {
        return stream.onGone(action);
    }

    @Override
    public CancelCause whyGone() {
        return stream.whyGone();
    }

    @Override
    public boolean gone() {
        return stream.gone();
    }
}
