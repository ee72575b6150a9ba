package dev.tandem.gateway.extract;

import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;

/**
 * One answer of a model.
 *
 * @param text all that it said, or the arguments of its call
 * @param json the JSON object in it; empty where there is none
 * @param whole did the object come to its end?
 * @param finishReason why the model stopped
 * @param refusal its words where it refused, otherwise empty
 */
record Answer(String text, String json, boolean whole, String finishReason, String refusal) {
    /** Why it cannot be judged, as an error; asked only where the object is not whole. */
    private ApiException failure(boolean limited) {
        if (finishReason.equals("length")) {
            return limited
                    ? ApiError.ofParam(
                                    EngineReasons.ANSWER_CUT,
                                    "max_tokens",
                                    "The model's answer reached max_tokens before it was complete;"
                                            + " allow more, or ask for less.")
                            .toException()
                    : ApiError.of(
                                    EngineReasons.ANSWER_CUT,
                                    "The model's context was full before the answer was complete;"
                                            + " send a shorter text, or ask for less.")
                            .toException();
        }
        return ApiError.of(
                        EngineReasons.ANSWER_REFUSED,
                        refusal.isEmpty()
                                ? "The model's engine withheld the answer."
                                : "The model refused: " + Correction.cut(refusal, 500))
                .toException();
    }

    /**
     * An answer that was cut, withheld or refused is not tried again.
     *
     * @param limited did the request set a limit of tokens?
     * @throws ApiException {@code answer_cut}, {@code answer_refused}
     */
    void requireEnd(boolean limited) {
        boolean ended = finishReason.equals("stop") || finishReason.equals("tool_calls");
        if (!whole && (!ended || !refusal.isEmpty())) {
            throw failure(limited);
        }
    }
}
