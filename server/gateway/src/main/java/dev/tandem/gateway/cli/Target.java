package dev.tandem.gateway.cli;

import dev.tandem.gateway.config.Configuration;
import dev.tandem.gateway.config.ServerSection;
import dev.tandem.gateway.config.source.Inputs;
import dev.tandem.runtime.auth.Secret;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The server that a command talks to. */
final class Target {
    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Where the server is. Default: where the settings let a server listen.")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Its port. Default: that of the settings.")
    private @Nullable Integer port;

    @Option(names = "--tls", description = "Speak TLS, and trust whom this Java trusts, or --ca.")
    private boolean tls;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Speak TLS, and trust the certificates in this PEM file and no others.")
    private @Nullable Path ca;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "A certificate to show, PEM; with --key.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its private key, PEM.")
    private @Nullable Path key;

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = "A file with the API key to show. Default: the key in TANDEM_API_KEY.")
    private @Nullable Path apiKeyFile;

    /** Never an option of its own: command lines are seen by every user of the machine. */
    private Optional<Secret> apiKey() throws CommandException {
        if (apiKeyFile == null) {
            return Optional.ofNullable(System.getenv("TANDEM_API_KEY"))
                    .map(String::strip)
                    .filter(key -> !key.isEmpty())
                    .map(Secret::of);
        }
        try {
            return Optional.of(Secret.of(Files.readString(apiKeyFile).strip()));
        } catch (IOException e) {
            throw new CommandException("The file of --api-key-file cannot be read.", e);
        }
    }

    /** A connection, opened by the first call. The caller closes it. */
    Connection connect() throws CommandException {
        Optional<ServerSection> settings = settings();
        String told = host != null ? host : settings.map(ServerSection::host).orElse("127.0.0.1");
        int number = port != null ? port : settings.map(ServerSection::port).orElse(8080);
        if (number < 1 || number > 65535) {
            throw new CommandException(
                    "--port takes 1 to 65535; the server prints its port when it starts.");
        }
        String address = told.equals("0.0.0.0") || told.equals("::") ? "127.0.0.1" : told;
        NettyChannelBuilder channel =
                NettyChannelBuilder.forAddress(address, number)
                        .disableRetry(); // at a port with TLS it would go on to the deadline
        if (tls || ca != null || certificate != null || key != null) {
            channel.sslContext(trust());
        } else {
            channel.usePlaintext();
        }
        apiKey().ifPresent(secret -> channel.intercept(new ShownKey(secret)));
        return new Connection(channel.build(), address + ":" + number);
    }

    /** Where a server listens by the settings, which may be wrong elsewhere. */
    private Optional<ServerSection> settings() {
        return host != null && port != null
                ? Optional.empty()
                : Configuration.read(Inputs.ofProcess()).find(ServerSection.SECTION);
    }

    private SslContext trust() throws CommandException {
        if ((certificate == null) != (key == null)) {
            throw new CommandException("--cert and --key go together.");
        }
        try {
            SslContextBuilder context = GrpcSslContexts.forClient();
            if (ca != null) {
                context.trustManager(ca.toFile());
            }
            if (certificate != null && key != null) {
                context.keyManager(certificate.toFile(), key.toFile());
            }
            return context.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new CommandException(
                    "The files of --ca, --cert and --key must be PEM files that can be read: "
                            + e.getMessage(),
                    e);
        }
    }
}
