package dev.tandem.bench.wire;

/**
 * What a server has used since it started.
 *
 * @param cpuNanos of all its threads, the collector's and the compilers' too
 * @param allocatedBytes on its heap, by all Java threads
 * @param heapBytes in use now
 */
record Usage(long cpuNanos, long allocatedBytes, long heapBytes) {
    static Usage parse(String line) {
        String[] numbers = line.split(" ");
        return new Usage(
                Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }
}
