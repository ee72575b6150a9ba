package dev.tandem.structured.check;

/**
 * A rule that a value breaks.
 *
 * @param pointer a JSON Pointer into the value; empty for the whole
 * @param rule the keyword of the schema, or {@code json} where the text is not JSON
 * @param sentence what is wrong
 */
public record Violation(String pointer, String rule, String sentence) {
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "(the value)" : pointer) + ": " + sentence;
    }
}
