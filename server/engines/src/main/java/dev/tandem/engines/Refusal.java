package dev.tandem.engines;

import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.v1.Capability;

/** The errors by which engines refuse what they cannot do. To be thrown. */
public final class Refusal {
    private Refusal() {}

    /**
     * The request is valid, but this model cannot do what a field asks: 400 {@code
     * unsupported_value}.
     *
     * @param param the field's path: {@code messages[0].content[1]}
     * @param message a sentence that says what can be done
     */
    public static ApiException unsupportedValue(String param, String message) {
        return ApiError.ofParam(Reasons.UNSUPPORTED_VALUE, param, message).toException();
    }

    /**
     * What a field holds is longer than the model's context: 400 {@code context_length_exceeded}.
     *
     * @param message a sentence with the numbers
     */
    public static ApiException contextLengthExceeded(String param, String message) {
        return ApiError.ofParam(EngineReasons.CONTEXT_LENGTH_EXCEEDED, param, message)
                .toException();
    }

    /** A defect: the engine was asked for what it does not claim to do. */
    static UnsupportedOperationException notCapable(Capability capability) {
        return new UnsupportedOperationException(
                "the engine was asked for " + capability + ", which is none of its capabilities");
    }
}
