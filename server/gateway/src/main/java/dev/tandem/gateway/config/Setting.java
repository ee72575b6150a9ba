package dev.tandem.gateway.config;

/** One environment variable, as the documentation tells it. */
public interface Setting {
    /** Its name, {@code TANDEM_…}. */
    String name();

    /** The value where none is set, in words where it depends on the machine. */
    String fallback();

    /** What is allowed, for people. */
    String range();

    /** What it does, a sentence or two of Markdown. */
    String about();
}
