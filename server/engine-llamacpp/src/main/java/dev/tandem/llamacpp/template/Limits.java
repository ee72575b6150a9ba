package dev.tandem.llamacpp.template;

/**
 * What one template may use. Templates come out of model files: they are foreign code.
 *
 * @param source characters of the template's source
 * @param steps evaluation steps of one render; long texts count a step for every 64 characters read
 * @param characters characters allocated in one render; a list element counts as 16
 * @param output characters of the rendered text
 * @param depth nested macro calls, loops and values; also nested tags and parentheses of the source
 * @param millis wall-clock time of one render
 */
record Limits(int source, long steps, long characters, int output, int depth, long millis) {
    static final Limits STANDARD = new Limits(256 << 10, 5_000_000, 64 << 20, 8 << 20, 100, 2_000);
}
