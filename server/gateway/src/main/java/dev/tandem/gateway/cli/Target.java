package dev.tandem.gateway.cli;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
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

    /** A connection, opened by the first call. The caller closes it. */
    Connection connect() throws CommandException {
        if (port < 1 || port > 65535) {
            throw new CommandException(
                    "--port takes 1 to 65535; the server prints its port when it starts.");
        }
        String address = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(address, port).usePlaintext().build();
        return new Connection(channel, address + ":" + port);
    }
}
