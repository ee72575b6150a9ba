package dev.tandem.bench.hop;

/**
 * What a request asks for.
 *
 * @param streamed in events?
 * @param usage with the usage?
 * @param everyMillis the tokens' distance; 0 for as fast as they are taken
 */
record Asked(boolean streamed, int tokens, boolean usage, int everyMillis) {
    /** Of a request whose JSON has no blanks, as every gateway here writes it. */
    static Asked of(String json) {
        return new Asked(
                json.contains("\"stream\":true"),
                number(json, "\"max_tokens\":", 1),
                json.contains("\"include_usage\":true"),
                number(json, "\"seed\":", 0));
    }

    private static int number(String json, String name, int otherwise) {
        int at = json.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        int value = 0;
        for (int i = at + name.length(); Character.isDigit(json.charAt(i)); i++) {
            value = 10 * value + Character.digit(json.charAt(i), 10);
        }
        return value;
    }
}
