package dev.tandem.routing;

import dev.tandem.runtime.call.ApiException;

/** What one attempt says of its engine. */
enum Verdict {
    SUCCEEDED,
    FAILED,
    /** Nothing: the caller left, or the engine only asked for patience. */
    LEFT;

    /**
     * @param outOfTime was it the limit for the whole call that passed?
     */
    static Verdict of(ApiException failure, boolean outOfTime) {
        FailureKind kind = FailureKind.of(failure.error());
        if (kind.breaks()) {
            return outOfTime ? LEFT : FAILED;
        }
        return kind == FailureKind.FINAL || kind == FailureKind.CONTEXT_LENGTH
                ? SUCCEEDED // it answered, though with a no
                : LEFT;
    }

    void tell(Circuit circuit, Circuit.Pass pass) {
        switch (this) {
            case SUCCEEDED -> circuit.succeeded(pass);
            case FAILED -> circuit.failed(pass);
            case LEFT -> circuit.left(pass);
        }
    }
}
