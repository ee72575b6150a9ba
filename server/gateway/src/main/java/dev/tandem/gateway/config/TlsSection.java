package dev.tandem.gateway.config;

import dev.tandem.runtime.tls.ClientAuth;
import dev.tandem.runtime.tls.TlsSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Reads whether the server speaks TLS, and with which files. */
final class TlsSection {
    private TlsSection() {}

    static Optional<TlsSettings> read(Reader reader) {
        Optional<Path> certificate = reader.path(Key.TANDEM_TLS_CERT);
        Optional<Path> key = reader.path(Key.TANDEM_TLS_KEY);
        Optional<Path> clientCa = reader.path(Key.TANDEM_TLS_CLIENT_CA);
        ClientAuth asked = asked(reader, clientCa.isPresent());
        needs(reader, Key.TANDEM_TLS_KEY, key, Key.TANDEM_TLS_CERT, certificate);
        needs(reader, Key.TANDEM_TLS_CERT, certificate, Key.TANDEM_TLS_KEY, key);
        needs(reader, Key.TANDEM_TLS_CLIENT_CA, clientCa, Key.TANDEM_TLS_CERT, certificate);
        if (asked != ClientAuth.NONE && clientCa.isEmpty()) {
            reader.problem(
                    "TANDEM_TLS_CLIENT_AUTH asks for clients' certificates; set"
                            + " TANDEM_TLS_CLIENT_CA to the file of the authorities that sign them.");
            return Optional.empty();
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        TlsSettings plain = TlsSettings.of(certificate.get(), key.get());
        TlsSettings settings =
                asked == ClientAuth.NONE
                        ? plain
                        : clientCa.map(file -> plain.withClientCa(file, asked)).orElse(plain);
        settings.problems().forEach(reader::problem);
        return Optional.of(settings);
    }

    private static void needs(
            Reader reader, Key set, Optional<Path> value, Key other, Optional<Path> needed) {
        if (value.isPresent() && needed.isEmpty() && reader.text(other).isEmpty()) {
            reader.problem(set + " is set; set " + other + " too.");
        }
    }

    private static ClientAuth asked(Reader reader, boolean authorities) {
        ClientAuth fallback = authorities ? ClientAuth.REQUIRED : ClientAuth.NONE;
        Optional<String> told = reader.text(Key.TANDEM_TLS_CLIENT_AUTH);
        if (told.isEmpty()) {
            return fallback;
        }
        Optional<ClientAuth> known =
                Arrays.stream(ClientAuth.values())
                        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(told.get()))
                        .findFirst();
        if (known.isEmpty()) {
            reader.problem(
                    Key.TANDEM_TLS_CLIENT_AUTH,
                    told.get(),
                    "is not " + Key.TANDEM_TLS_CLIENT_AUTH.range());
        }
        return known.orElse(fallback);
    }
}
