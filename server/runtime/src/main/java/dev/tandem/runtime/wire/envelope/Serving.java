package dev.tandem.runtime.wire.envelope;

import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Service;
import java.util.Collection;

/**
 * What the wires of gRPC, gRPC-Web and Connect serve.
 *
 * @param methods what can be called
 * @param pipeline the policies before every call
 * @param calls where the calls are known
 * @param limits of their messages
 * @param details what errors say to programs
 */
public record Serving(
        MethodTable methods,
        Pipeline pipeline,
        Calls calls,
        MessageLimits limits,
        ErrorDetails details) {
    /** The methods of these services; errors have their details. */
    public static Serving of(
            Collection<Service> services, Pipeline pipeline, Calls calls, MessageLimits limits) {
        return new Serving(
                new MethodTable(services, pipeline),
                pipeline,
                calls,
                limits,
                new ErrorDetails(true));
    }

    /** The same with other details. */
    public Serving with(ErrorDetails other) {
        return new Serving(methods, pipeline, calls, limits, other);
    }
}
