package dev.tandem.runtime.auth;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are fetched from their issuer, by one call at a time while others wait for the same
 * answer. A key that is not known is a reason to fetch, but not more often than after a pause,
 * whatever tokens come. While the issuer does not answer, old keys go on to count for a while.
 */
final class FetchedKeys implements IssuerKeys {
    private static final Logger LOG = System.getLogger(FetchedKeys.class.getName());

    private record Fetched(JWKSet keys, Instant at) {}

    private final IssuerClient issuer;
    private final JwtSettings.Times times;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Fetched fetched;

    // of who holds the lock
    private @Nullable Instant tried;
    private String trouble = "";

    FetchedKeys(JwtSettings settings, InstantSource clock) {
        this.issuer = new IssuerClient(settings);
        this.times = settings.times();
        this.clock = clock;
    }

    @Override
    public List<JWK> matching(JWSHeader header) throws IssuerException, InterruptedException {
        Fetched known = fetched;
        if (known == null || older(known.at(), times.fresh())) {
            known = refreshed(known);
        }
        List<JWK> keys = IssuerKeys.matching(known.keys(), header);
        if (keys.isEmpty()) {
            keys = IssuerKeys.matching(refreshed(known).keys(), header);
        }
        return keys;
    }

    /**
     * Newer keys than those that the caller has, where they can be had; the old ones otherwise.
     *
     * @throws IssuerException where there are none, or they are too old
     */
    private Fetched refreshed(@Nullable Fetched seen) throws IssuerException, InterruptedException {
        if (seen != null && !older(seen.at(), times.stale()) && fetching.isLocked()) {
            return seen; // somebody fetches; an issuer that is slow shall not hold up the others
        }
        fetching.lockInterruptibly();
        try {
            Fetched known = fetched;
            boolean newer = known != null && !known.equals(seen);
            if (!newer && (tried == null || older(tried, times.pause()))) {
                known = fetch(known);
            }
            if (known == null || older(known.at(), times.stale())) {
                throw new IssuerException("there are no keys: " + trouble);
            }
            return known;
        } finally {
            fetching.unlock();
        }
    }

    private @Nullable Fetched fetch(@Nullable Fetched old) throws InterruptedException {
        tried = clock.instant();
        try {
            Fetched fresh = new Fetched(publicKeys(issuer.fetch()), clock.instant());
            fetched = fresh;
            trouble = "";
            return fresh;
        } catch (IssuerException e) {
            if (!String.valueOf(e.getMessage()).equals(trouble)) {
                trouble = String.valueOf(e.getMessage());
                LOG.log(
                        Level.WARNING,
                        "the keys for tokens cannot be fetched"
                                + (old == null ? ": " : ", the old ones stay in force: ")
                                + trouble);
            }
            return old;
        }
    }

    /** A secret that everybody can fetch is none. */
    private static JWKSet publicKeys(JWKSet all) {
        return new JWKSet(
                all.getKeys().stream()
                        .filter(key -> !KeyType.OCT.equals(key.getKeyType()))
                        .toList());
    }

    private boolean older(Instant moment, Duration than) {
        return !clock.instant().isBefore(moment.plus(than));
    }

    @Override
    public void close() {
        issuer.close();
    }
}
