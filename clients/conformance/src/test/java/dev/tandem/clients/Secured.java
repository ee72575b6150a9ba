package dev.tandem.clients;

import dev.tandem.testtools.Command;
import dev.tandem.testtools.SelfSigned;
import dev.tandem.testtools.ServedGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A server with TLS that asks for a key. */
final class Secured implements AutoCloseable {
    private static final String KEY = "a-key-that-was-made-elsewhere-0123456789abcdef";

    private final SelfSigned pair;
    private final ServedGateway server;

    private Secured(SelfSigned pair, ServedGateway server) {
        this.pair = pair;
        this.server = server;
    }

    /** With a certificate of its own. */
    static Secured start() {
        SelfSigned pair = pair();
        return new Secured(
                pair,
                ServedGateway.start(
                        Map.of(
                                "TANDEM_TLS_CERT",
                                pair.certificate().toString(),
                                "TANDEM_TLS_KEY",
                                pair.key().toString(),
                                "TANDEM_API_KEYS",
                                "tests:sha256:" + sha256())));
    }

    private static SelfSigned pair() {
        try {
            return SelfSigned.in(
                    Files.createDirectories(Path.of("target", "secured")).toAbsolutePath(),
                    "localhost");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its certificate is made out to {@code localhost}. */
    String address() {
        return server.address().replace("127.0.0.1", "localhost");
    }

    String key() {
        return KEY;
    }

    /** The file of the authority that has signed the server's certificate. */
    Path authority() {
        return pair.certificate();
    }

    /** The command, which finds this server, its key and its authority in variables. */
    Command known(Command command) {
        return command.with("TANDEM_SECURE_ADDRESS", address())
                .with("TANDEM_SECURE_KEY", KEY)
                .with("TANDEM_CA", pair.certificate().toString());
    }

    private static String sha256() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(KEY.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
