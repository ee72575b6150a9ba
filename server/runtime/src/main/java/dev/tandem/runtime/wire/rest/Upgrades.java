package dev.tandem.runtime.wire.rest;

import io.helidon.webserver.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/** Says which requests ask for another protocol than HTTP where there is one. */
@FunctionalInterface
public interface Upgrades {
    /** What a request asks for; null where it is to be answered over HTTP. */
    @Nullable Upgrade asked(ServerRequest request);
}
