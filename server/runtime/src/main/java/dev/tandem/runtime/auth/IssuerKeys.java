package dev.tandem.runtime.auth;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.List;

/** Keys of one issuer. Asked by many calls at once. */
interface IssuerKeys extends AutoCloseable {
    /** RSA keys below it are not trusted; in bits. */
    int LEAST_RSA = 2048;

    /**
     * The keys that may have signed a token with this header; empty where none may.
     *
     * @throws IssuerException where no keys can be had
     */
    List<JWK> matching(JWSHeader header) throws IssuerException, InterruptedException;

    @Override
    default void close() {}

    /** Those of a set, by the key's id, kind, use and strength. */
    static List<JWK> matching(JWKSet set, JWSHeader header) {
        JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
        return new JWKSelector(matcher)
                .select(set).stream()
                        .filter(key -> !(key instanceof RSAKey rsa) || rsa.size() >= LEAST_RSA)
                        .toList();
    }
}
