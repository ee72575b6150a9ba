package dev.tandem.structured.schema;

import dev.tandem.structured.pattern.Automaton;
import java.util.Locale;
import java.util.Optional;

/**
 * The formats of strings that can be enforced. Where a format's own language is not regular, a
 * regular part of it is taken: what is written under it is always of the format.
 */
public enum Format {
    /** A day: RFC 3339, full-date. */
    DATE(Formats.DATE),
    /** A time of the day with its offset: RFC 3339, full-time, without leap seconds. */
    TIME(Formats.TIME),
    /** A day and a time with its offset: RFC 3339, date-time, without leap seconds. */
    DATE_TIME(Formats.DATE + "T" + Formats.TIME),
    /** A span of time: ISO 8601, as RFC 3339, appendix A, has it. */
    DURATION(Formats.DURATION),
    /** RFC 9562, in its text form. */
    UUID("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    /** A mailbox without quotes and comments. */
    EMAIL(Formats.EMAIL),
    /** RFC 1123: up to eight labels. */
    HOSTNAME(Formats.LABEL + "(\\." + Formats.LABEL + "){0,7}"),
    /** Four numbers with dots. */
    IPV4(Formats.BYTE + "(\\." + Formats.BYTE + "){3}"),
    /** RFC 4291, without an embedded IPv4 address. */
    IPV6(Formats.ipv6()),
    /** RFC 3986: a scheme and what is behind it. */
    URI(Formats.URI);

    private final String pattern;

    Format(String pattern) {
        this.pattern = "^(" + pattern + ")$";
    }

    /** The format of a name, as JSON Schema writes it. */
    public static Optional<Format> named(String name) {
        for (Format format : values()) {
            if (format.keyword().equals(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** Its name in a schema. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The strings of the format. */
    Automaton texts() {
        return Automaton.ofPattern(pattern);
    }
}
