package dev.tandem.runtime.wire.http1;

import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.wire.connection.ClientSocket;
import dev.tandem.runtime.wire.connection.RawConnection;
import io.helidon.common.buffers.BufferData;
import org.jspecify.annotations.Nullable;

/** The bytes of a connection that has left HTTP/1.1, with the limits of time that it had there. */
final class RawBytes implements RawConnection {
    private final Http1Connection connection;
    private final RequestInput input;
    private final AnswerWriter output;
    private final Patience patience;
    private final ClientSocket socket;

    RawBytes(
            Http1Connection connection,
            RequestInput input,
            AnswerWriter output,
            Patience patience,
            ClientSocket socket) {
        this.connection = connection;
        this.input = input;
        this.output = output;
        this.patience = patience;
        this.socket = socket;
    }

    @Override
    public byte @Nullable [] read(boolean owed) {
        return input.raw(owed ? Patience.Wait.BODY : Patience.Wait.NONE);
    }

    @Override
    public void begin() {
        patience.newRequest();
    }

    @Override
    public boolean late() {
        return patience.over();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        output.write(BufferData.create(bytes, offset, length));
    }

    @Override
    public void refuse() {
        input.refuse();
    }

    @Override
    public void endInput() {
        socket.endInput();
    }

    @Override
    public void end() {
        connection.end();
    }

    @Override
    public CancelCause whyGone() {
        return connection.whyGone();
    }
}
