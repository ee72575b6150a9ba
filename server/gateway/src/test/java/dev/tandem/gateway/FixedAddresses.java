package dev.tandem.gateway;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/** The name {@code ports:///}: some ports of this machine. */
final class FixedAddresses extends NameResolverProvider {
    private final List<Integer> ports;

    FixedAddresses(List<Integer> ports) {
        this.ports = ports;
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return 5;
    }

    @Override
    public String getDefaultScheme() {
        return "ports";
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args args) {
        return new NameResolver() {
            @Override
            public String getServiceAuthority() {
                return "localhost";
            }

            @Override
            public void start(Listener2 listener) {
                List<EquivalentAddressGroup> all = ports.stream().map(FixedAddresses::at).toList();
                listener.onResult(
                        ResolutionResult.newBuilder()
                                .setAddressesOrError(StatusOr.fromValue(all))
                                .build());
            }

            @Override
            public void shutdown() {}
        };
    }

    private static EquivalentAddressGroup at(int port) {
        return new EquivalentAddressGroup(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
}
