package dev.tandem.transcoding.openapi;

/** Which way JSON goes: more is read than is written. */
enum Direction {
    /** From the client. */
    READ,
    /** To the client. */
    WRITTEN
}
