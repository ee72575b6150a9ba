package dev.tandem.runtime.policy;

import com.google.protobuf.Message;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.JoinedRule;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.MisshapenMessageException;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Source;
import dev.tandem.runtime.rules.Findings;
import dev.tandem.runtime.rules.RuleBook;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Checks each request message, on every wire, before the handler sees it: its form, the rules in
 * its .proto file, and the rules that its service declares across fields. All that is wrong is told
 * at once.
 */
public final class Validate implements Policy {
    private final RuleBook rules;

    /**
     * Compiles the rules of all request types.
     *
     * @param methods the methods that are served
     * @throws IllegalArgumentException where rules are wrong; the message names file and line of
     *     each
     */
    public Validate(Collection<? extends Method<?, ?>> methods) {
        rules = new RuleBook(methods.stream().map(Method::request).toList());
    }

    @Override
    public <Q extends Message, R extends Message> Handler<Q, R> around(
            Method<Q, R> method, Handler<Q, R> next) {
        return (source, sink, call) -> next.handle(() -> checked(method, source), sink, call);
    }

    private <Q extends Message> @Nullable Q checked(Method<Q, ?> method, Source<Q> source)
            throws InterruptedException {
        Q request;
        try {
            request = source.next();
        } catch (MisshapenMessageException e) {
            throw misshapen(method, e).toException();
        }
        if (request != null) {
            Findings findings = rules.check(request);
            if (findings.count() > 0 || !method.rules().isEmpty()) {
                Verdict verdict = new Verdict(request.getDescriptorForType());
                ApiError error = complete(method, request, findings, verdict);
                if (error != null) {
                    throw error.toException();
                }
            }
        }
        return request;
    }

    @SuppressWarnings("unchecked") // a source's partial message is of its type
    private <Q extends Message> ApiError misshapen(
            Method<Q, ?> method, MisshapenMessageException e) {
        Q partial = (Q) e.partial();
        Verdict verdict = new Verdict(partial.getDescriptorForType());
        verdict.misshapen(e);
        ApiError error = complete(method, partial, rules.check(partial), verdict);
        return error == null ? e.error() : error;
    }

    private static <Q extends Message> @Nullable ApiError complete(
            Method<Q, ?> method, Q request, Findings findings, Verdict verdict) {
        verdict.rules(findings);
        for (JoinedRule<Q> rule : method.rules()) {
            if (verdict.allows(rule)) {
                verdict.joined(rule, rule.broken().apply(request));
            }
        }
        return verdict.error();
    }
}
