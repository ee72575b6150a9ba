package dev.tandem.bench.hop;

/**
 * What one gateway did in a slice.
 *
 * @param units answers or tokens that arrived
 * @param nanos how long it took
 * @param cpuNanos of the gateway's process
 * @param p50 of the delays, in ns
 * @param p99 of the delays, in ns
 * @param late how many of the delays were too long
 * @param delays how many delays are known
 */
record Turn(long units, long nanos, long cpuNanos, long p50, long p99, long late, long delays) {
    double unitsPerSecond() {
        return units * 1e9 / nanos;
    }

    double cpuMicros() {
        return cpuNanos / 1e3 / Math.max(1, units);
    }

    double p50Millis() {
        return p50 / 1e6;
    }

    double p99Millis() {
        return p99 / 1e6;
    }
}
