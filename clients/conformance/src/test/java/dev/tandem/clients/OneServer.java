package dev.tandem.clients;

import dev.tandem.testtools.ServedGateway;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands every test the same server, and the same one with TLS and keys: started for the first who
 * wants it and stopped after the last.
 */
final class OneServer implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(OneServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Set.of(ServedGateway.class, Secured.class)
                .contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Store store = context.getRoot().getStore(NAMESPACE);
        ServedGateway open =
                store.computeIfAbsent(
                        ServedGateway.class, key -> ServedGateway.start(), ServedGateway.class);
        return parameter.getParameter().getType() == ServedGateway.class
                ? open
                : store.computeIfAbsent(Secured.class, key -> Secured.start(), Secured.class);
    }
}
