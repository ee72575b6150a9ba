package dev.tandem.runtime;

import dev.tandem.runtime.auth.Authenticator;
import dev.tandem.runtime.auth.Credentials;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows nobody, and counts how often it is closed. */
final class DeafAuthenticator implements Authenticator {
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public Finding examine(Credentials shown) {
        return new Finding.Foreign();
    }

    @Override
    public Set<Credentials.Form> forms() {
        return EnumSet.of(Credentials.Form.BEARER);
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    int closed() {
        return closed.get();
    }
}
