package dev.tandem.structured.schema;

/** How far things are counted while they are written. */
final class Counts {
    /** The largest count of items, properties and characters. */
    static final int LARGEST = 100;

    private Counts() {}
}
