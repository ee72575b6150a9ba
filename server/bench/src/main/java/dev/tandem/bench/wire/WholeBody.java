package dev.tandem.bench.wire;

import java.io.ByteArrayOutputStream;

/** A body that is one message. */
final class WholeBody implements Body {
    private final Messages messages;
    private final ByteArrayOutputStream all = new ByteArrayOutputStream(1024);

    WholeBody(Messages messages) {
        this.messages = messages;
    }

    @Override
    public void bytes(byte[] array, int offset, int length) {
        all.write(array, offset, length);
    }

    @Override
    public void end() {
        messages.message(all.toByteArray(), 0, all.size());
        messages.end();
    }
}
