package dev.tandem.transcoding.json;

/** How messages look as JSON. */
public enum Profile {
    /**
     * The words of {@code tandem/options/v1/options.proto}: snake_case names, short enum values,
     * numbers for 64-bit integers. Strict in reading. For declared REST bindings.
     */
    CONTRACT,

    /**
     * Protobuf's JSON mapping to the letter; the options are not looked at. For Connect, gRPC with
     * JSON, and the path {@code /package.Service/Method}.
     */
    CANONICAL,

    /**
     * As {@link #CONTRACT}, lenient in reading: unknown fields are ignored where no field collects
     * them, unknown enum values are the unspecified one, numbers may be strings, enum values
     * numbers. For the answers of upstream servers.
     */
    UPSTREAM
}
