package dev.tandem.gateway.engine;

import dev.tandem.engines.ModelHost;
import dev.tandem.gateway.admin.AllowedHosts;
import dev.tandem.gateway.admin.Residence;
import dev.tandem.gateway.admin.StoreHost;
import dev.tandem.store.Storage;
import dev.tandem.store.Store;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * What engines are opened with.
 *
 * @param store fetches models and llama.cpp's library
 * @param gguf loads models into this process
 * @param host lets operators list, fetch, load and unload the store's models
 * @param http clients of servers elsewhere
 * @param clock what dates in {@code retry-after} are compared with
 */
public record Workshop(
        Store store,
        GgufLoader gguf,
        Function<Residence, ModelHost> host,
        HttpClients http,
        InstantSource clock) {
    /**
     * With clients of its own, which trust whom this Java trusts.
     *
     * @param storage the store's
     * @param pullHosts from which operators may fetch models into the store
     */
    public static Workshop of(
            Store store, GgufLoader gguf, Storage storage, AllowedHosts pullHosts) {
        try {
            return new Workshop(
                    store,
                    gguf,
                    residence -> new StoreHost(storage, pullHosts, Optional.of(residence)),
                    new HttpClients(SSLContext.getDefault()),
                    InstantSource.system());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }
}
