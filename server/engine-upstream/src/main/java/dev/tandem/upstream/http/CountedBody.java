package dev.tandem.upstream.http;

import java.io.IOException;

/** A body whose length was told: RFC 9112, section 6.2. */
final class CountedBody extends AnswerBody {
    private final ConnectionInput in;
    private long missing;

    CountedBody(ConnectionInput in, long length, long largest) {
        super(largest);
        this.in = in;
        missing = length;
    }

    @Override
    int readSome(byte[] target, int offset, int length) throws IOException {
        if (missing == 0) {
            return -1;
        }
        int count = in.read(target, offset, (int) Math.min(length, missing));
        if (count < 0) {
            throw cutOff();
        }
        missing -= count;
        return count;
    }

    @Override
    boolean endIsThere() {
        return missing == 0;
    }
}
