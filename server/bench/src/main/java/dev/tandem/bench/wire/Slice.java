package dev.tandem.bench.wire;

/**
 * What one server did in a short time under load.
 *
 * @param units answers or tokens that arrived
 * @param nanos how long it took
 * @param cpuNanos of the server
 * @param allocatedBytes by the server
 * @param clientNanos CPU time of the client
 */
record Slice(long units, long nanos, long cpuNanos, long allocatedBytes, long clientNanos) {
    double unitsPerSecond() {
        return units * 1e9 / nanos;
    }

    double cpuMicrosPerUnit() {
        return cpuNanos / 1e3 / Math.max(1, units);
    }

    double bytesPerUnit() {
        return (double) allocatedBytes / Math.max(1, units);
    }

    double clientMicrosPerUnit() {
        return clientNanos / 1e3 / Math.max(1, units);
    }

    double processors() {
        return (double) cpuNanos / nanos;
    }
}
