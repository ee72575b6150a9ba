package dev.tandem.gateway.service;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Service;
import dev.tandem.v1.CompletionRequest;
import dev.tandem.v1.CompletionServiceGrpc;
import java.util.List;

/** The rules of a completion request that join several fields. */
final class CompletionRules {
    private CompletionRules() {}

    /** Declares them for the methods of the service. */
    static Service.Builder declare(Service.Builder service) {
        var complete = CompletionServiceGrpc.getCompleteMethod();
        var stream = CompletionServiceGrpc.getStreamMethod();
        return service.rule(complete, CompletionRules::bestOf, "best_of", "n")
                .rule(stream, CompletionRules::bestOf, "best_of", "n")
                .rule(stream, CompletionRules::bestOfInStream, "best_of", "n")
                .rule(complete, CompletionRules::streamOptions, "stream_options");
    }

    static List<Violation> bestOf(CompletionRequest request) {
        BrokenRules broken = new BrokenRules();
        if (request.hasBestOf() && request.getBestOf() < choices(request)) {
            broken.add("best_of", "at_least_n", "Must be at least n.");
        }
        return broken.all();
    }

    static List<Violation> bestOfInStream(CompletionRequest request) {
        BrokenRules broken = new BrokenRules();
        if (request.getBestOf() > choices(request)) {
            broken.add("best_of", "no_stream", "Must not be above n in a stream.");
        }
        return broken.all();
    }

    static List<Violation> streamOptions(CompletionRequest request) {
        BrokenRules broken = new BrokenRules();
        if (request.hasStreamOptions()) {
            broken.add("stream_options", "needs_stream", "Needs stream to be true.");
        }
        return broken.all();
    }

    /** How many continuations each prompt shall have. */
    static int choices(CompletionRequest request) {
        return request.hasN() ? request.getN() : 1;
    }
}
