package dev.tandem.runtime.wire.rest;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.wire.connection.RefusedRequest;
import java.util.Map;

/** Requests that a wire refused by itself: they too pass the first door, and so the log. */
final class RefusedCalls {
    private final Pipeline pipeline;
    private final Calls calls;

    RefusedCalls(Pipeline pipeline, Calls calls) {
        this.pipeline = pipeline;
        this.calls = calls;
    }

    /** Returns the request's id. */
    String told(RefusedRequest refused) {
        Head head =
                new Head(
                        Head.Wire.REST,
                        refused.method(),
                        refused.path(),
                        null,
                        Map.of(),
                        refused.peer());
        Call call = calls.open(head, null);
        try {
            var _ = pipeline.admit(call); // whatever a policy says, this is what is answered
            call.failed(refused.error());
            call.answered(refused.error().code().http());
            return call.requestId();
        } finally {
            calls.close(call);
        }
    }
}
