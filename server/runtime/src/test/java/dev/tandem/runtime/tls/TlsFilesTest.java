package dev.tandem.runtime.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.Server;
import dev.tandem.testtools.Command;
import dev.tandem.testtools.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of files that make no TLS, and which keys do. */
class TlsFilesTest {
    private static final TestKeys KEYS = TestKeys.made();

    @TempDir Path folder;

    @Test
    void aGoodPairHasNoProblems() {
        assertThat(KEYS.server().problems()).isEmpty();
    }

    @Test
    void everyFileThatIsMissingIsNamed() {
        Path certificate = folder.resolve("a.pem");
        Path key = folder.resolve("a.key");

        assertThat(TlsSettings.of(certificate, key).problems())
                .containsExactly(
                        certificate + ": there is no such file.", key + ": there is no such file.");
    }

    @Test
    void aFolderIsNoFile() {
        assertThat(TlsSettings.of(folder, KEYS.key("server")).problems())
                .containsExactly(folder + ": this is a folder; name the file in it.");
    }

    @Test
    void aFileWithoutCertificateOrKeyIsNamed() {
        Path key = KEYS.key("server");
        Path certificate = KEYS.certificate("server");

        assertThat(TlsSettings.of(key, certificate).problems())
                .containsExactly(
                        key
                                + ": there is no certificate in the file; it must hold blocks"
                                + " CERTIFICATE in PEM form.",
                        certificate
                                + ": there is no private key in the file; it must hold a block"
                                + " PRIVATE KEY in PEM form.");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        assertThat(TlsSettings.of(KEYS.certificate("server"), KEYS.key("renewed")).problems())
                .singleElement()
                .asString()
                .contains("does not belong to the first certificate of")
                .contains(KEYS.key("renewed").toString());
    }

    @Test
    void damagedFilesAreNamedAndNothingOfThemIsTold() throws Exception {
        Path key = write("damaged.key", Files.readString(KEYS.key("server")).replace("\nM", "\n*"));
        Path cut = write("cut.key", TestKeys.block("PRIVATE KEY", new byte[] {48, 3, 2, 1}));
        Path sec1 = write("sec1.key", TestKeys.block("EC PRIVATE KEY", new byte[] {48, 9, 2, 1}));
        Path certificate = write("cut.pem", TestKeys.block("CERTIFICATE", new byte[] {48, 1, 0}));

        assertThat(TlsSettings.of(KEYS.certificate("server"), key).problems())
                .containsExactly(
                        key
                                + ": a block PRIVATE KEY is damaged; write the file anew from its"
                                + " source.");
        assertThat(TlsSettings.of(KEYS.certificate("server"), cut).problems())
                .singleElement()
                .asString()
                .startsWith(cut + ": the private key cannot be read");
        assertThat(TlsSettings.of(certificate, sec1).problems())
                .hasSize(2)
                .allMatch(problem -> problem.contains("is damaged"));
    }

    @Test
    void anEncryptedKeyIsExplained() throws Exception {
        Path modern = write("enc.key", TestKeys.block("ENCRYPTED PRIVATE KEY", new byte[] {1}));
        Path old =
                write(
                        "old.key",
                        """
                        -----BEGIN RSA PRIVATE KEY-----
                        Proc-Type: 4,ENCRYPTED
                        DEK-Info: AES-256-CBC,00

                        AAAA
                        -----END RSA PRIVATE KEY-----
                        """);

        for (Path key : List.of(modern, old)) {
            assertThat(TlsSettings.of(KEYS.certificate("server"), key).problems())
                    .singleElement()
                    .asString()
                    .contains(key + ": the private key is encrypted")
                    .contains("openssl pkey");
        }
    }

    @Test
    void aServerDoesNotStartWithWrongFiles() {
        Path missing = folder.resolve("a.pem");

        assertThatThrownBy(() ->
                        Server.builder().tls(TlsSettings.of(missing, KEYS.key("server"))).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(missing + ": there is no such file.");
    }

    @Test
    void clientsCertificatesAndTheirAuthoritiesGoTogether() {
        assertThatThrownBy(() -> new TlsSettings(folder, folder, null, ClientAuth.REQUIRED))
                .hasMessageContaining("name the file of the authorities");
        assertThatThrownBy(() -> new TlsSettings(folder, folder, folder, ClientAuth.NONE))
                .hasMessageContaining("not asked for");
    }

    @ParameterizedTest
    @CsvSource({
        "rsa, -newkey rsa:2048",
        "ec, -newkey ec -pkeyopt ec_paramgen_curve:P-384",
        "ed25519, -newkey ed25519"
    })
    void keysOfEveryKindAreRead(String kind, String options) {
        Path certificate = folder.resolve(kind + ".pem");
        Path key = folder.resolve(kind + ".key");
        assertThat(openssl("req -x509 -nodes -subj /CN=localhost " + options, key, certificate))
                .isEmpty();

        assertThat(TlsSettings.of(certificate, key).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "rsa:2048, RSA PRIVATE KEY, rsa -traditional",
        "ec -pkeyopt ec_paramgen_curve:P-256, EC PRIVATE KEY, ec"
    })
    void olderFormsOfKeysAreRead(String kind, String label, String converted) throws Exception {
        Path certificate = folder.resolve("a.pem");
        Path key = folder.resolve("a.key");
        Path old = folder.resolve("old.key");
        assertThat(
                        openssl(
                                "req -x509 -nodes -subj /CN=localhost -newkey " + kind,
                                key,
                                certificate))
                .isEmpty();
        Command.of(("openssl " + converted + " -in " + key + " -out " + old).split(" ", -1)).run();
        assertThat(Files.readString(old)).contains("BEGIN " + label);

        assertThat(TlsSettings.of(certificate, old).problems()).isEmpty();
    }

    private static String openssl(String request, Path key, Path certificate) {
        Running.Ended ran =
                Command.of(
                                ("openssl " + request + " -keyout " + key + " -out " + certificate)
                                        .split(" ", -1))
                        .run();
        return ran.exit() == 0 ? "" : ran.text();
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}
