package dev.tandem.runtime.policy;

import com.google.protobuf.Message;
import dev.tandem.runtime.auth.AuthReasons;
import dev.tandem.runtime.auth.Authenticator;
import dev.tandem.runtime.auth.Authenticator.Finding;
import dev.tandem.runtime.auth.Caller;
import dev.tandem.runtime.auth.Credentials;
import dev.tandem.runtime.auth.Credentials.Form;
import dev.tandem.runtime.auth.ScopeGate;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.ApiException;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.transcoding.route.Scopes;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks every call, before its body is read, who makes it, and whether it may: all scopes that the
 * .proto file names for its method. Pages need a valid credential, and the scope with which they
 * were added. {@link Exempt} has those who are not asked. Without authenticators everybody may do
 * everything.
 */
public final class Authenticate implements Policy {
    private static final ScopeGate OPEN = new ScopeGate(Set.of());
    private static final ApiError UNKNOWN =
            ApiError.of(
                    AuthReasons.INVALID_CREDENTIALS,
                    "The credential is not one that this server knows.");

    private final List<Authenticator> authenticators;
    private final Map<String, ScopeGate> gates = new HashMap<>();
    private final Challenge challenge;

    /**
     * @param authenticators asked in this order, until one knows the credential
     * @param methods all that is served
     * @throws IllegalArgumentException where a method's scope is none
     */
    public Authenticate(
            Collection<? extends Authenticator> authenticators, Collection<Method<?, ?>> methods) {
        this.authenticators = List.copyOf(authenticators);
        EnumSet<Form> forms = EnumSet.noneOf(Form.class);
        authenticators.forEach(each -> forms.addAll(each.forms()));
        challenge = new Challenge(forms);
        methods.forEach(method -> gates.put(method.fullName(), gate(method)));
    }

    private static ScopeGate gate(Method<?, ?> method) {
        try {
            return new ScopeGate(Scopes.of(method.descriptor()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(method + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void admit(Call call) {
        if (call.answer().bare() != 0) {
            return;
        }
        if (Exempt.covers(call.head())) {
            probed(call).ifPresent(caller -> call.put(Caller.KEY, caller));
            return;
        }
        String method = call.head().method();
        ScopeGate gate = method == null ? OPEN : gates.getOrDefault(method, OPEN);
        gate.watch(call);
        Caller caller = authenticators.isEmpty() ? Caller.ANYBODY : known(call);
        call.put(Caller.KEY, caller);
        gate.pass(call);
    }

    /**
     * Once more where it is certain which method runs: one path may lead to two.
     *
     * @throws IllegalArgumentException where a scope of the method is none
     */
    @Override
    public <Q extends Message, R extends Message> Handler<Q, R> around(
            Method<Q, R> method, Handler<Q, R> next) {
        ScopeGate gate = gate(method);
        if (gate.needed().isEmpty()) {
            return next;
        }
        return (source, sink, call) -> {
            if (!Exempt.covers(call.head())) {
                gate.pass(call);
            }
            next.handle(source, sink, call);
        };
    }

    /** Who asks a probe: nobody needs a credential, but who has a good one may be told more. */
    private Optional<Caller> probed(Call call) {
        try {
            Optional<Credentials> shown = Credentials.of(call.head());
            for (Authenticator authenticator : authenticators) {
                if (shown.isPresent()
                        && authenticator.examine(shown.get()) instanceof Finding.Known(Caller c)) {
                    return Optional.of(c);
                }
            }
        } catch (ApiException e) {
            return Optional.empty(); // credentials that contradict each other are none
        }
        return Optional.empty();
    }

    private Caller known(Call call) {
        try {
            Credentials shown = Credentials.of(call.head()).orElseThrow(Authenticate::nothing);
            ApiError refusal = UNKNOWN;
            for (Authenticator authenticator : authenticators) {
                switch (authenticator.examine(shown)) {
                    case Finding.Known(Caller caller) -> {
                        return caller;
                    }
                    case Finding.Refused(ApiError error) -> refusal = plainer(refusal, error);
                    case Finding.Foreign() -> {}
                }
            }
            throw refusal.toException();
        } catch (ApiException e) {
            challenge.unauthenticated(call.answer(), e.error());
            throw e;
        }
    }

    private static ApiException nothing() {
        return ApiError.of(
                        Reasons.UNAUTHENTICATED,
                        "This server asks who calls: send an API key or a token in the header"
                                + " authorization, as Bearer.")
                .toException();
    }

    /** What one store of keys does not know another may: who knows more of it has the word. */
    private static ApiError plainer(ApiError before, ApiError next) {
        boolean unknown = before.reason().equals(AuthReasons.INVALID_CREDENTIALS.name());
        return unknown ? next : before;
    }
}
