package dev.tandem.runtime.limits;

/**
 * How much of something is allowed.
 *
 * @param amount of what, a plural in small letters: {@code requests}, {@code tokens}
 * @param span over which time
 * @param most 1 or more
 */
public record Limit(String amount, Span span, long most) {
    /** What every call takes one of. */
    public static final String REQUESTS = "requests";

    public Limit {
        if (most < 1 || !amount.matches("[a-z_]+")) {
            throw new IllegalArgumentException(
                    "a limit must allow 1 or more of something; got "
                            + most
                            + " of '"
                            + amount
                            + "'");
        }
    }

    /** For programs: {@code tokens_per_minute}. */
    public String id() {
        return amount + "_" + span.suffix();
    }

    /** For people: {@code 1000 tokens a minute}. */
    public String words() {
        return most + " " + amount + " " + span.words();
    }
}
