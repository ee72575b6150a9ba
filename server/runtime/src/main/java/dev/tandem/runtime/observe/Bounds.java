package dev.tandem.runtime.observe;

/** The upper bounds of the histograms' buckets. */
public final class Bounds {
    private static final double[] DURATION = {
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92
    };
    private static final double[] FIRST_TOKEN = {
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10
    };
    private static final double[] TOKEN = {
        0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5
    };
    private static final double[] TOKENS = {
        1,
        4,
        16,
        64,
        256,
        1024,
        4096,
        16_384,
        65_536,
        262_144,
        1_048_576,
        4_194_304,
        16_777_216,
        67_108_864
    };

    private Bounds() {}

    /**
     * Seconds a call takes: those of {@code gen_ai.server.request.duration} in OpenTelemetry's
     * conventions for generative AI.
     */
    public static double[] duration() {
        return DURATION.clone();
    }

    /** Seconds to the first of many: those of {@code gen_ai.server.time_to_first_token}. */
    public static double[] first() {
        return FIRST_TOKEN.clone();
    }

    /** Seconds from one to the next: those of {@code gen_ai.server.time_per_output_token}. */
    public static double[] next() {
        return TOKEN.clone();
    }

    /** Numbers of tokens: those of {@code gen_ai.client.token.usage}. */
    public static double[] tokens() {
        return TOKENS.clone();
    }
}
