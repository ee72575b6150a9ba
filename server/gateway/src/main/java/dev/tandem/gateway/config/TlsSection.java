package dev.tandem.gateway.config;

import dev.tandem.gateway.config.key.Key;
import dev.tandem.gateway.config.key.Section;
import dev.tandem.gateway.config.key.Types;
import dev.tandem.gateway.config.key.Values;
import dev.tandem.runtime.tls.ClientAuth;
import dev.tandem.runtime.tls.TlsSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether the server speaks TLS, and with which files.
 *
 * @param settings empty where it does not
 */
public record TlsSection(Optional<TlsSettings> settings) {
    private static final Key<Path> CERT =
            Key.of(
                            "cert",
                            Types.path("a PEM file"),
                            "The server's certificate, with those of the authorities behind it."
                                    + " Makes every protocol speak TLS. [How to](tls.md).")
                    .variable("TANDEM_TLS_CERT")
                    .otherwise("none: no TLS")
                    .example("/etc/tandem/server.pem");

    private static final Key<Path> KEY =
            Key.of(
                            "key",
                            Types.path("a PEM file"),
                            "The certificate's private key, without password. Goes with `tls.cert`.")
                    .variable("TANDEM_TLS_KEY")
                    .example("/etc/tandem/server.key");

    private static final Key<Path> CLIENT_CA =
            Key.of(
                            "client_ca",
                            Types.path("a PEM file"),
                            "The authorities that sign clients' certificates (mutual TLS).")
                    .variable("TANDEM_TLS_CLIENT_CA")
                    .example("/etc/tandem/clients.pem");

    private static final Key<ClientAuth> CLIENT_AUTH =
            Key.of(
                            "client_auth",
                            Types.oneOf(ClientAuth.class),
                            "Whether clients show a certificate.")
                    .variable("TANDEM_TLS_CLIENT_AUTH")
                    .otherwise("required with `tls.client_ca`, else none")
                    .example("optional");

    /** Its place in the file. */
    public static final Section<TlsSection> SECTION =
            Section.of(
                    "tls",
                    "Whether the server speaks TLS. The files are read again when they change; other"
                            + " names of files need a new start.",
                    TlsSection::read,
                    CERT,
                    KEY,
                    CLIENT_CA,
                    CLIENT_AUTH);

    private static TlsSection read(Values in) {
        Optional<Path> certificate = in.find(CERT);
        Optional<Path> key = in.find(KEY);
        Optional<Path> clientCa = in.find(CLIENT_CA);
        ClientAuth asked =
                in.find(CLIENT_AUTH)
                        .orElse(in.told(CLIENT_CA) ? ClientAuth.REQUIRED : ClientAuth.NONE);
        needs(in, CERT, KEY);
        needs(in, KEY, CERT);
        needs(in, CLIENT_CA, CERT);
        if (asked != ClientAuth.NONE && !in.told(CLIENT_CA)) {
            in.problem(
                    CLIENT_AUTH,
                    "clients are asked for certificates; set %s to the file of the authorities that"
                                    .formatted(in.called(CLIENT_CA))
                            + " sign them.");
            return new TlsSection(Optional.empty());
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            return new TlsSection(Optional.empty());
        }
        TlsSettings plain = TlsSettings.of(certificate.get(), key.get());
        TlsSettings settings =
                asked == ClientAuth.NONE
                        ? plain
                        : clientCa.map(file -> plain.withClientCa(file, asked)).orElse(plain);
        settings.problems().forEach(problem -> in.problem(CERT, problem));
        return new TlsSection(Optional.of(settings));
    }

    private static void needs(Values in, Key<?> set, Key<?> other) {
        if (in.told(set) && !in.told(other)) {
            in.problem(set, "set %s too.".formatted(in.called(other)));
        }
    }
}
