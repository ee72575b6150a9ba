package dev.tandem.gateway.answer;

/** Where something stands in the JSON that a field holds as text. */
public final class Places {
    private Places() {}

    /**
     * The field, {@code #} and the JSON Pointer: {@code choices[0].message.content#/age}.
     *
     * @param pointer empty for the whole
     */
    public static String of(String field, String pointer) {
        return pointer.isEmpty() ? field : field + "#" + pointer;
    }
}
