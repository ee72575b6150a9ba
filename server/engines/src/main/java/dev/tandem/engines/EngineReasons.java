package dev.tandem.engines;

import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Reason;
import java.util.List;

/** The failures of models and engines, beside those of the runtime. */
public final class EngineReasons {
    /** More tokens than the model's context. */
    public static final Reason CONTEXT_LENGTH_EXCEEDED =
            new Reason(
                    "context_length_exceeded",
                    Code.INVALID_REQUEST,
                    "the input and the wanted answer are longer than the model's context; the"
                            + " message has the numbers");

    /** No such model. */
    public static final Reason MODEL_NOT_FOUND =
            new Reason(
                    "model_not_found",
                    Code.NOT_FOUND,
                    "there is no such model; `GET /v1/models` lists those there are");

    /** A model that is not for this caller. */
    public static final Reason MODEL_NOT_ALLOWED =
            new Reason(
                    "model_not_allowed",
                    Code.PERMISSION_DENIED,
                    "the caller's credential does not allow this model; `GET /v1/models` lists those it"
                            + " allows");

    /** Not loaded yet. */
    public static final Reason MODEL_LOADING =
            new Reason(
                    "model_loading",
                    Code.UNAVAILABLE,
                    "the model is being loaded; `retry-after` says when to try again");

    /** The engine broke. */
    public static final Reason ENGINE_FAILED =
            new Reason(
                    "engine_failed",
                    Code.UNAVAILABLE,
                    "the model could not go on; send the request again");

    /** A server behind this one broke. */
    public static final Reason UPSTREAM_ERROR =
            new Reason(
                    "upstream_error",
                    Code.UPSTREAM_FAILED,
                    "the engine failed, or ended its answer without a finish reason");

    /** All of them, by status. */
    public static final List<Reason> ALL =
            List.of(
                    CONTEXT_LENGTH_EXCEEDED,
                    MODEL_NOT_ALLOWED,
                    MODEL_NOT_FOUND,
                    MODEL_LOADING,
                    ENGINE_FAILED,
                    UPSTREAM_ERROR);

    private EngineReasons() {}
}
