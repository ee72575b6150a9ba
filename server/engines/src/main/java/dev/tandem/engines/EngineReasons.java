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

    /** A server behind this one takes no more for now. */
    public static final Reason UPSTREAM_RATE_LIMITED =
            new Reason(
                    "upstream_rate_limited",
                    Code.RATE_LIMITED,
                    "the server behind this one takes no more calls for now; try again after"
                            + " `retry-after`, or later where there is none");

    /** A server behind this one does not take what this server is configured to send. */
    public static final Reason UPSTREAM_MISCONFIGURED =
            new Reason(
                    "upstream_misconfigured",
                    Code.UPSTREAM_FAILED,
                    "the server behind this one refuses this server's key or has nothing at the"
                            + " configured address, or its quota is used up; only the operator can"
                            + " help, the log says more");

    /** A server behind this one cannot be reached. */
    public static final Reason UPSTREAM_UNAVAILABLE =
            new Reason(
                    "upstream_unavailable",
                    Code.UNAVAILABLE,
                    "the server behind this one cannot be reached, or says that it is overloaded;"
                            + " try again, after `retry-after` where it is told");

    /** A server behind this one is too slow. */
    public static final Reason UPSTREAM_TIMEOUT =
            new Reason(
                    "upstream_timeout",
                    Code.DEADLINE_EXCEEDED,
                    "the server behind this one did not begin its answer, or did not go on with it,"
                            + " within the engine's limits of time");

    /** No such engine. */
    public static final Reason ENGINE_NOT_FOUND =
            new Reason(
                    "engine_not_found",
                    Code.NOT_FOUND,
                    "there is no such engine; `GET /v1/admin/engines` lists those there are");

    /** A model that cannot be fetched. */
    public static final Reason PULL_FAILED =
            new Reason(
                    "pull_failed",
                    Code.UPSTREAM_FAILED,
                    "the model could not be fetched, or what came is not what was named; the message"
                            + " says which");

    /** A model said something else than it was asked for. */
    public static final Reason ANSWER_INVALID =
            new Reason(
                    "answer_invalid",
                    Code.UPSTREAM_FAILED,
                    "the model's answer is not the JSON that was asked for, or does not fit its"
                            + " schema; `details` says where. Try again");

    /** An answer that reached its limit of tokens before its end. */
    public static final Reason ANSWER_CUT =
            new Reason(
                    "answer_cut",
                    Code.INVALID_REQUEST,
                    "extraction: the model's answer reached `max_tokens`, or the model's context was"
                            + " full, before the answer was complete");

    /** A model, or a filter behind it, did not want to answer. */
    public static final Reason ANSWER_REFUSED =
            new Reason(
                    "answer_refused",
                    Code.FAILED_PRECONDITION,
                    "extraction: the model refused to answer, or a filter of its engine withheld the"
                            + " answer; the same request will be refused again");

    /** All of them, by status. */
    public static final List<Reason> ALL =
            List.of(
                    ANSWER_CUT,
                    ANSWER_REFUSED,
                    CONTEXT_LENGTH_EXCEEDED,
                    MODEL_NOT_ALLOWED,
                    MODEL_NOT_FOUND,
                    ENGINE_NOT_FOUND,
                    UPSTREAM_RATE_LIMITED,
                    ANSWER_INVALID,
                    UPSTREAM_ERROR,
                    UPSTREAM_MISCONFIGURED,
                    PULL_FAILED,
                    MODEL_LOADING,
                    ENGINE_FAILED,
                    UPSTREAM_UNAVAILABLE,
                    UPSTREAM_TIMEOUT);

    private EngineReasons() {}
}
