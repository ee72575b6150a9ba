package dev.tandem.transcoding.openapi;

/**
 * An error that is answered.
 *
 * @param name its {@code code}
 * @param status the HTTP status
 * @param type its {@code type}
 * @param when in which case; a phrase in Markdown
 * @param where which operations answer it
 */
public record Failure(String name, int status, String type, String when, Where where) {
    /** Which operations answer an error. */
    public enum Where {
        /** Every one. */
        EVERYWHERE,
        /** Every one but pages that are {@link Page#open open}. */
        GUARDED,
        /** Those of methods. */
        METHODS,
        /** Those of methods that read a body. */
        BODIES,
        /** Those of methods that read forms. */
        FORMS,
        /** Those of methods that read none. */
        BODILESS,
        /** Those of methods with variables in the path. */
        VARIABLES,
        /** Those of a unary method whose field for streaming must not be set. */
        UNSTREAMED,
        /** Those whose method names it in {@code (tandem.options.v1.method).errors}. */
        NAMED
    }
}
