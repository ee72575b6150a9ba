package dev.tandem.gateway.engine;

import dev.tandem.upstream.http.HttpSettings;
import dev.tandem.upstream.http.Origin;
import dev.tandem.upstream.http.UpstreamClient;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;

/** One client for each server, for all engines that ask it; closed with the last of them. */
public final class HttpClients {
    private static final class Shared {
        private final UpstreamClient client;
        private int users;

        Shared(UpstreamClient client) {
            this.client = client;
        }
    }

    private final SSLContext tls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Origin, Shared> all = new HashMap<>();

    /**
     * @param tls whose certificates are trusted
     */
    HttpClients(SSLContext tls) {
        this.tls = tls;
    }

    /** That of a server; to be given back with {@link #release}. */
    UpstreamClient take(Origin origin) {
        lock.lock();
        try {
            Shared shared =
                    all.computeIfAbsent(
                            origin,
                            _ -> new Shared(new UpstreamClient(origin, HttpSettings.DEFAULT, tls)));
            shared.users++;
            return shared.client;
        } finally {
            lock.unlock();
        }
    }

    void release(Origin origin) {
        Shared last = null;
        lock.lock();
        try {
            Shared shared = all.get(origin);
            if (shared != null && --shared.users == 0) {
                last = all.remove(origin);
            }
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.client.close();
        }
    }
}
