package dev.tandem.bench.wire;

import java.util.Arrays;

/** What the client has received; on its one thread. */
public final class Tally {
    private long units;
    private long now;
    private long[] delays = new long[1024];
    private int delayed;

    /** Sets the time at which the bytes that are looked at now have arrived. */
    void arrived(long nanos) {
        now = nanos;
    }

    /** A call was answered. */
    void unit() {
        units++;
    }

    /**
     * A call was answered.
     *
     * @param begun when it was asked
     */
    void answered(long begun) {
        token(begun);
    }

    /**
     * A token came.
     *
     * @param due when it was to be sent; 0 where it does not matter
     */
    void token(long due) {
        units++;
        if (due != 0) {
            if (delayed == delays.length) {
                delays = Arrays.copyOf(delays, 2 * delayed);
            }
            delays[delayed++] = now - due;
        }
    }

    /** Answers and tokens so far. */
    public long units() {
        return units;
    }

    /** Forgets the delays. */
    public void forgetDelays() {
        delayed = 0;
    }

    /** The delay in nanoseconds that so many of all did not exceed; 0 where there was none. */
    public long delay(double share) {
        if (delayed == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(delays, delayed);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(delayed - 1L, (long) (share * delayed))];
    }

    /** How many came more than so many nanoseconds after they were due. */
    public long later(long nanos) {
        return Arrays.stream(delays, 0, delayed).filter(delay -> delay > nanos).count();
    }

    /** How many delays are known. */
    public long delays() {
        return delayed;
    }
}
