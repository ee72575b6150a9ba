package dev.tandem.structured.schema;

/**
 * What is wrong at a place in a schema.
 *
 * @param pointer a JSON Pointer into the schema (RFC 6901); empty for the whole
 * @param sentence what is wrong and what to do about it
 */
public record Problem(String pointer, String sentence) {
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "(the schema)" : pointer) + ": " + sentence;
    }
}
