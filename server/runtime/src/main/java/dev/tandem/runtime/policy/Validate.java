package dev.tandem.runtime.policy;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.CompilationException;
import build.buf.protovalidate.exceptions.ValidationException;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Policy;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Checks each request message against the rules in its .proto file (protovalidate), on every wire,
 * before the handler sees it.
 */
public final class Validate implements Policy {
    private final Validator validator;

    /**
     * Compiles the rules of all request types.
     *
     * @param methods the methods that are served
     * @throws IllegalArgumentException where a rule is broken; the message names it
     */
    public Validate(Collection<? extends Method<?, ?>> methods) {
        Set<Descriptor> types = new LinkedHashSet<>();
        methods.forEach(method -> types.add(method.request().getDescriptorForType()));
        // native rules are the default today; an upgrade shall not change that unseen
        Config config = Config.newBuilder().setEnableNativeRules(true).build();
        try {
            validator =
                    ValidatorFactory.newBuilder()
                            .withConfig(config)
                            .buildWithDescriptors(List.copyOf(types), false);
        } catch (CompilationException e) {
            throw new IllegalArgumentException(
                    "a validation rule of the .proto files cannot be compiled: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public <Q extends Message, R extends Message> Handler<Q, R> around(
            Method<Q, R> method, Handler<Q, R> next) {
        return (source, sink, call) ->
                next.handle(
                        () -> {
                            Q request = source.next();
                            if (request != null) {
                                check(method, request);
                            }
                            return request;
                        },
                        sink,
                        call);
    }

    private void check(Method<?, ?> method, Message request) {
        ValidationResult result;
        try {
            result = validator.validate(request);
        } catch (ValidationException e) {
            throw new IllegalStateException(
                    "a validation rule of " + method + " failed to run; the rule is at fault", e);
        }
        if (!result.isSuccess()) {
            List<ApiError.Violation> violations =
                    result.getViolations().stream().map(Validate::translated).toList();
            throw ApiError.violations(violations).toException();
        }
    }

    private static ApiError.Violation translated(Violation violation) {
        var proto = violation.toProto();
        return new ApiError.Violation(
                RulePath.of(proto.getField()), proto.getRuleId(), sentence(proto.getMessage()));
    }

    private static String sentence(String message) {
        if (message.isEmpty()) {
            return "The value is not allowed.";
        }
        int first = message.offsetByCodePoints(0, 1);
        String end = message.matches("(?s).*[.!?]") ? "" : ".";
        return message.substring(0, first).toUpperCase(Locale.ROOT)
                + message.substring(first)
                + end;
    }
}
