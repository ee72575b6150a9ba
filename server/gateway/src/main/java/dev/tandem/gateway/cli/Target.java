package dev.tandem.gateway.cli;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The server that a command talks to. */
final class Target {
    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "${env:TANDEM_HOST:-127.0.0.1}",
            description = "Where the server is. Default: TANDEM_HOST, else 127.0.0.1.")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:TANDEM_PORT:-8080}",
            description = "Its port. Default: TANDEM_PORT, else 8080.")
    private int port = 8080;

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

    /** A connection, opened by the first call. The caller closes it. */
    Connection connect() throws CommandException {
        if (port < 1 || port > 65535) {
            throw new CommandException(
                    "--port takes 1 to 65535; the server prints its port when it starts.");
        }
        String address = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        NettyChannelBuilder channel = NettyChannelBuilder.forAddress(address, port);
        if (tls || ca != null || certificate != null || key != null) {
            channel.sslContext(trust());
        } else {
            channel.usePlaintext();
        }
        return new Connection(channel.build(), address + ":" + port);
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
