package dev.tandem.runtime.limits;

/**
 * Over which time a limit counts. A minute and a day slide: a limit of N is never exceeded in any
 * 60 seconds, or any 24 hours, wherever they begin. What was counted is forgotten a part of the
 * span at a time, so it may count for up to one part longer than the span.
 */
public enum Span {
    /** 60 s in parts of a second. */
    MINUTE("per_minute", "a minute", 60_000, 1_000),
    /** 24 h in parts of a quarter of an hour. */
    DAY("per_day", "a day", 86_400_000, 900_000),
    /** As long as the call lasts. */
    AT_ONCE("at_once", "at once", 0, 0);

    private final String suffix;
    private final String words;
    private final long millis;
    private final long partMillis;

    Span(String suffix, String words, long millis, long partMillis) {
        this.suffix = suffix;
        this.words = words;
        this.millis = millis;
        this.partMillis = partMillis;
    }

    String suffix() {
        return suffix;
    }

    String words() {
        return words;
    }

    /** Its length in milliseconds; 0 for {@link #AT_ONCE}. */
    public long millis() {
        return millis;
    }

    /** The length of a part in milliseconds; 0 for {@link #AT_ONCE}. */
    public long partMillis() {
        return partMillis;
    }

    /** How many parts it has; 0 for {@link #AT_ONCE}. */
    public int parts() {
        return partMillis == 0 ? 0 : (int) (millis / partMillis);
    }
}
