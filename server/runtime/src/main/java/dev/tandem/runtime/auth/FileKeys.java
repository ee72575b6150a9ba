package dev.tandem.runtime.auth;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;

/** Keys in a file, which is read again when it changes. */
final class FileKeys implements IssuerKeys {
    private final LiveFile<JWKSet> file;

    FileKeys(Path path) {
        file = LiveFile.open(path, "keys for tokens", FileKeys::parse);
    }

    private static JWKSet parse(byte[] content) {
        try {
            return JWKSet.parse(new String(content, StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new IllegalArgumentException("the file is no JWK Set.", e);
        }
    }

    @Override
    public List<JWK> matching(JWSHeader header) {
        return IssuerKeys.matching(file.now(), header);
    }

    @Override
    public void close() {
        file.close();
    }
}
