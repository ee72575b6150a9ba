package dev.tandem.gateway.cli;

/** Sizes for people. */
final class Sizes {
    private static final long MEGABYTE = 1_000_000;

    private Sizes() {}

    static String megabytes(long bytes) {
        return Math.ceilDiv(bytes, MEGABYTE) + " MB";
    }
}
