package dev.tandem.runtime.rules;

import build.buf.protovalidate.exceptions.CompilationException;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The compiled rules of message types. Immutable; for all threads. */
public final class RuleBook {
    private final Map<Descriptor, TypeRules> rules = new LinkedHashMap<>();

    /**
     * Compiles the rules of types and of all that they contain.
     *
     * @param prototypes the default instances
     * @throws IllegalArgumentException where rules are wrong; the message has a line for each, with
     *     the .proto file and its line
     */
    public RuleBook(Collection<? extends Message> prototypes) {
        RuleCompiler compiler = new RuleCompiler();
        prototypes.forEach(each -> rules.put(each.getDescriptorForType(), compiler.of(each)));
        try {
            compiler.delegate();
        } catch (CompilationException e) {
            throw new IllegalArgumentException(RuleProblems.of(rules.keySet(), e), e);
        }
    }

    /**
     * Checks a message.
     *
     * @param message of a type that was compiled
     */
    public Findings check(Message message) {
        TypeRules type = rules.get(message.getDescriptorForType());
        if (type == null) {
            throw new IllegalArgumentException(
                    "no rules were compiled of " + message.getDescriptorForType().getFullName());
        }
        Findings findings = new Findings();
        type.check(message, findings);
        return findings;
    }
}
