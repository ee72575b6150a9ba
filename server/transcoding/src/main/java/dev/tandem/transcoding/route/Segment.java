package dev.tandem.transcoding.route;

/** What one place of a path template matches. */
public sealed interface Segment {
    /**
     * One segment with this text.
     *
     * @param text percent-decoded
     */
    record Literal(String text) implements Segment {
        @Override
        public String toString() {
            return text;
        }
    }

    /** {@code *}: one segment, whatever it is, but not an empty one. */
    record One() implements Segment {
        @Override
        public String toString() {
            return "*";
        }
    }

    /** {@code **}: all that follows, also nothing. */
    record Rest() implements Segment {
        @Override
        public String toString() {
            return "**";
        }
    }
}
