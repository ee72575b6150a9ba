package dev.tandem.upstream.http;

import java.io.IOException;

/** A body that ends with its connection: RFC 9112, section 6.3, rule 8. */
final class OpenEndedBody extends AnswerBody {
    private final ConnectionInput in;

    OpenEndedBody(ConnectionInput in, long largest) {
        super(largest);
        this.in = in;
    }

    @Override
    int readSome(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
    }

    @Override
    boolean endIsThere() {
        return false;
    }
}
