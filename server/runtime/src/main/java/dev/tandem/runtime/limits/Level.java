package dev.tandem.runtime.limits;

/**
 * How one limit stands.
 *
 * @param remaining what is left now, 0 or more
 * @param resetMillis when all of it is left, if nothing more is taken; 0 where all is, and for
 *     {@link Span#AT_ONCE}
 * @param retryMillis when what was asked for is left; 0 where it is, or was, now
 */
public record Level(long remaining, long resetMillis, long retryMillis) {
    /** Does this limit refuse? */
    public boolean refuses() {
        return retryMillis > 0;
    }
}
