package dev.tandem.runtime.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keys and certificates for tests, made by the JDK's keytool once in a process: {@code server},
 * {@code renewed} and {@code client} of the authority {@code ca}, {@code late}, a client that has
 * expired, and {@code stranger}, a client of the authority {@code other}.
 */
public final class TestKeys {
    private static final String PASSWORD = "for-the-test";
    private static final String LOCALHOST = "san=dns:localhost,ip:127.0.0.1";
    private static @Nullable TestKeys made;

    private final Path folder;
    private final KeyStore store;

    private TestKeys(Path folder) throws Exception {
        this.folder = folder;
        make("ca", "CN=The CA", "-ext", "bc:c");
        make("other", "CN=Another CA", "-ext", "bc:c");
        make("server", "CN=localhost", "-signer", "ca", "-ext", LOCALHOST);
        make("renewed", "CN=localhost, O=renewed", "-signer", "ca", "-ext", LOCALHOST);
        make("client", "CN=ada, O=Clients", "-signer", "ca");
        make("stranger", "CN=eve", "-signer", "other");
        make("late", "CN=late", "-signer", "ca", "-startdate", "-9d", "-validity", "3");
        store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("store.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
    }

    /** The keys of this process. */
    public static synchronized TestKeys made() {
        TestKeys keys = made;
        if (keys == null) {
            try {
                keys = new TestKeys(Files.createTempDirectory("tandem-keys"));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            made = keys;
        }
        return keys;
    }

    private void make(String alias, String name, String... more) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", name, "-keyalg", "EC"));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", folder.resolve("store.p12").toString()));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        keytool.getOutputStream().close();
        String text = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(text).isZero();
    }

    /** The file of a certificate and its authorities, PEM. */
    public Path certificate(String alias) {
        StringBuilder pem = new StringBuilder();
        try {
            for (Certificate certificate : store.getCertificateChain(alias)) {
                pem.append(block("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        return written(alias + ".pem", pem.toString());
    }

    /** The file of a private key, PKCS#8 in PEM. */
    public Path key(String alias) {
        try {
            byte[] key = store.getKey(alias, PASSWORD.toCharArray()).getEncoded();
            return written(alias + ".key", block("PRIVATE KEY", key));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** TLS of a server, without clients' certificates. */
    public TlsSettings server() {
        return TlsSettings.of(certificate("server"), key("server"));
    }

    /** A client that trusts {@code ca}, and shows a certificate of its own, or none. */
    public SSLContext client(@Nullable String alias) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", store.getCertificate("ca"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own(alias), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KeyManager @Nullable [] own(@Nullable String alias)
            throws GeneralSecurityException, IOException {
        if (alias == null) {
            return null;
        }
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        char[] password = PASSWORD.toCharArray();
        one.setKeyEntry(
                alias, store.getKey(alias, password), password, store.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(one, password);
        return keys.getKeyManagers();
    }

    private Path written(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One block of a PEM file. */
    static String block(String label, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        label,
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der),
                        label);
    }
}
