package dev.tandem.gateway.extract;

import dev.tandem.gateway.service.MessageRules;
import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.runtime.call.Service;
import dev.tandem.v1.ExtractRequest;
import dev.tandem.v1.ExtractionServiceGrpc;
import io.grpc.MethodDescriptor;
import java.util.List;

/** The rules of requests that join several fields. */
final class ExtractRules {
    private ExtractRules() {}

    /** Declares them for the methods of the service. */
    static Service.Builder declare(Service.Builder service) {
        declare(service, ExtractionServiceGrpc.getExtractMethod());
        declare(service, ExtractionServiceGrpc.getExtractItemsMethod());
        declare(service, ExtractionServiceGrpc.getExtractPartialMethod());
        return service;
    }

    private static void declare(
            Service.Builder service, MethodDescriptor<ExtractRequest, ?> method) {
        service.rule(method, request -> MessageRules.of(request.getMessagesList()), "messages")
                .rule(method, ExtractRules::input, "text", "messages")
                .rule(method, ExtractRules::binary, "binary", "message_type");
    }

    static List<Violation> input(ExtractRequest request) {
        boolean messages = request.getMessagesCount() > 0;
        if (request.hasText() != messages) {
            return List.of();
        }
        return List.of(
                messages
                        ? new Violation(
                                "text",
                                "alone",
                                "Must not stand beside messages; give one of them.")
                        : new Violation(
                                "text", "required", "Must be given where messages are not."));
    }

    static List<Violation> binary(ExtractRequest request) {
        return request.getBinary() && !request.hasMessageType()
                ? List.of(new Violation("binary", "needs_message_type", "Needs message_type."))
                : List.of();
    }
}
