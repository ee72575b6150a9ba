package dev.tandem.runtime.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stood in the files of the settings at one moment.
 *
 * @param clientCa null where none is set
 */
@SuppressWarnings("ArrayRecordComponent") // same() compares
record TlsFiles(TlsSettings settings, byte[] certificate, byte[] key, byte @Nullable [] clientCa) {
    /** Far more than any bundle of authorities has, in bytes. */
    private static final int LARGEST = 4 << 20;

    /** Reads the files; that they make sense is for {@link #identity()} to say. */
    static TlsFiles read(TlsSettings settings) throws TlsException {
        List<String> problems = new ArrayList<>();
        byte[] certificate = read(settings.certificate(), problems);
        byte[] key = read(settings.key(), problems);
        Path authorities = settings.clientCa();
        byte[] clientCa = authorities == null ? null : read(authorities, problems);
        if (!problems.isEmpty()) {
            throw new TlsException(problems);
        }
        return new TlsFiles(settings, certificate, key, clientCa);
    }

    private static byte[] read(Path file, List<String> problems) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length <= LARGEST) {
                return content;
            }
            problems.add(file + ": the file is larger than 4 MiB, so it is no PEM file for TLS.");
        } catch (IOException e) {
            problems.add(file + ": " + why(file));
        }
        return new byte[0];
    }

    private static String why(Path file) {
        if (!Files.exists(file)) {
            return "there is no such file.";
        }
        if (Files.isDirectory(file)) {
            return "this is a folder; name the file in it.";
        }
        return Files.isReadable(file)
                ? "the file cannot be read."
                : "the file may not be read by the user that runs the server.";
    }

    /** Whether the same stands in the files. */
    boolean same(TlsFiles other) {
        return Arrays.equals(certificate, other.certificate)
                && Arrays.equals(key, other.key)
                && Arrays.equals(clientCa, other.clientCa);
    }

    /** Reads keys and certificates and holds them against each other. */
    Identity identity() throws TlsException {
        List<String> problems = new ArrayList<>();
        List<X509Certificate> chain = certificates(settings.certificate(), certificate, problems);
        PrivateKey own = null;
        try {
            own = PrivateKeys.only(settings.key(), Pem.blocks(settings.key(), key));
        } catch (TlsException e) {
            problems.addAll(e.problems());
        }
        Path authorities = settings.clientCa();
        List<X509Certificate> trusted =
                authorities == null || clientCa == null
                        ? List.of()
                        : certificates(authorities, clientCa, problems);
        if (own != null
                && !chain.isEmpty()
                && !PrivateKeys.match(own, chain.getFirst().getPublicKey())) {
            problems.add(
                    settings.key()
                            + ": the private key does not belong to the first certificate of "
                            + settings.certificate()
                            + "; the server's own certificate must stand first.");
        }
        if (own == null || !problems.isEmpty()) {
            throw new TlsException(problems);
        }
        return new Identity(own, chain, trusted);
    }

    private static List<X509Certificate> certificates(
            Path file, byte[] content, List<String> problems) {
        try {
            return Certificates.of(file, Pem.blocks(file, content));
        } catch (TlsException e) {
            problems.addAll(e.problems());
            return List.of();
        }
    }
}
