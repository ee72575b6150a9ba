package dev.tandem.runtime.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Private keys out of PEM blocks. */
final class PrivateKeys {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final byte[] PROBE = {1, 2, 3, 4};

    private PrivateKeys() {}

    /** The one private key of a file. */
    static PrivateKey only(Path file, List<Pem.Block> blocks) throws TlsException {
        List<Pem.Block> keys = blocks.stream().filter(Pem.Block::privateKey).toList();
        if (keys.size() != 1) {
            throw new TlsException(
                    keys.isEmpty()
                            ? file
                                    + ": there is no private key in the file; it must hold a block"
                                    + " PRIVATE KEY in PEM form."
                            : file + ": there are " + keys.size() + " private keys; leave one.");
        }
        Pem.Block block = keys.getFirst();
        if (block.encrypted()) {
            throw new TlsException(
                    file
                            + ": the private key is encrypted; write one without password:"
                            + " openssl pkey -in encrypted.pem -out key.pem");
        }
        PrivateKey key = decoded(file, block);
        if (key == null) {
            throw new TlsException(
                    file
                            + ": the private key cannot be read; it must be a whole RSA, EC or"
                            + " Ed25519 key: openssl pkey -in old.pem -out key.pem");
        }
        return key;
    }

    private static @Nullable PrivateKey decoded(Path file, Pem.Block block) throws TlsException {
        byte[] pkcs8;
        try {
            pkcs8 =
                    switch (block.label()) {
                        case "RSA PRIVATE KEY" -> Der.ofRsa(block.der());
                        case "EC PRIVATE KEY" -> Der.ofEc(block.der());
                        default -> block.der();
                    };
        } catch (IllegalArgumentException e) {
            throw Pem.damaged(file, block.label());
        }
        return ALGORITHMS.stream()
                .map(algorithm -> ofAlgorithm(algorithm, pkcs8))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable PrivateKey ofAlgorithm(String algorithm, byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(algorithm)
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            return null; // a key of another kind, or damaged
        }
    }

    /** Do the two belong together? What one signs the other must accept. */
    static boolean match(PrivateKey key, PublicKey certified) {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(signatures(key.getAlgorithm()));
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String signatures(String algorithm) {
        return switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> algorithm;
        };
    }
}
