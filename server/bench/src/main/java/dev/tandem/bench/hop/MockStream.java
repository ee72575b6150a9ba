package dev.tandem.bench.hop;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A stream with a pace. Ordered by the next token's time. */
final class MockStream implements Comparable<MockStream> {
    private final MockConnection connection;
    private final int tokens;
    private final long period;
    private final boolean usage;
    private long due;
    private int sent;

    MockStream(MockConnection connection, Asked asked) {
        this.connection = connection;
        tokens = asked.tokens();
        usage = asked.usage();
        period = TimeUnit.MILLISECONDS.toNanos(asked.everyMillis());
        due = System.nanoTime() + ThreadLocalRandom.current().nextLong(period);
    }

    /** When the next token is to leave, by {@code System.nanoTime()}. */
    long due() {
        return due;
    }

    /** Sends it; returns whether there will be another. */
    boolean sendOne() {
        try {
            connection.send(Prepared.token(sent++, due));
            if (sent == tokens) {
                connection.send(Prepared.end(usage));
                return false;
            }
            due += period;
            return true;
        } catch (IOException e) {
            return false; // the gateway gave the connection up
        }
    }

    @Override
    public int compareTo(MockStream other) {
        return Long.compare(due, other.due);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
