package dev.tandem.gateway.doctor;

/**
 * What one look found.
 *
 * @param about what was looked at: {@code memory}, {@code port}
 * @param verdict how it is
 * @param found a sentence; never a secret
 * @param advice what to do; empty where there is nothing to do
 */
public record Finding(String about, Verdict verdict, String found, String advice) {
    /** How something is. */
    public enum Verdict {
        /** As it should be. */
        OK,
        /** The server starts, but not as one may wish. */
        WARNING,
        /** The server does not start, or cannot answer. */
        PROBLEM,
        /** Not looked at. */
        SKIPPED
    }

    /** All is well. */
    public static Finding ok(String about, String found) {
        return new Finding(about, Verdict.OK, found, "");
    }

    /** It could be better. */
    public static Finding warning(String about, String found, String advice) {
        return new Finding(about, Verdict.WARNING, found, advice);
    }

    /** It does not do. */
    public static Finding problem(String about, String found, String advice) {
        return new Finding(about, Verdict.PROBLEM, found, advice);
    }

    /** Not looked at, and why. */
    public static Finding skipped(String about, String why) {
        return new Finding(about, Verdict.SKIPPED, why, "");
    }
}
