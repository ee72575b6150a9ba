package dev.tandem.transcoding.openapi;

/** Which OpenAPI. */
public enum Version {
    /** A stream's schema is that of its messages, as generators understand it. */
    V3_1("3.1.1"),
    /** A stream's {@code itemSchema} is that of its events. */
    V3_2("3.2.0");

    final String text;

    Version(String text) {
        this.text = text;
    }
}
