package dev.tandem.transcoding.route;

/**
 * A part of a path that fills a field.
 *
 * @param field the path of the field in the request: {@code parent.name}
 * @param from the first segment, from 0
 * @param to the segment behind the last one
 * @param open does it end in {@code **}, so that it reaches to the end of the path?
 */
public record Variable(String field, int from, int to, boolean open) {
    /**
     * Does it take several segments? Then {@code %2F} in it stays as it is, because decoded it
     * could not be told from a border between segments (google/api/http.proto).
     */
    boolean multiSegment() {
        return open || to - from > 1;
    }
}
