package dev.tandem.client;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a {@link TandemClient}. Not for several threads. */
public final class TandemClientBuilder {
    /** As often as the server itself looks after a silent client, which no server of ours minds. */
    private static final Duration PING_AFTER = Duration.ofSeconds(30);

    private static final Duration PING_TIMEOUT = Duration.ofSeconds(10);
    private static final String USER_AGENT = "tandem-client-java" + version();
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;

    private final String address;
    private @Nullable Supplier<? extends @Nullable String> key;
    private TlsChannelCredentials.@Nullable Builder tls;
    private @Nullable Duration timeout;
    private RetryPolicy retries = RetryPolicy.standard();
    private int largestAnswer = LARGEST_ANSWER;
    private @Nullable String authority;
    private Duration pingAfter = PING_AFTER;
    private Duration pingTimeout = PING_TIMEOUT;

    /** As the jar's manifest has it; nothing where there is no jar. */
    private static String version() {
        String version = TandemClientBuilder.class.getPackage().getImplementationVersion();
        return version == null ? "" : "/" + version;
    }

    TandemClientBuilder(String address) {
        if (address.startsWith("http://") || address.startsWith("https://")) {
            throw new IllegalArgumentException(
                    "The address is a host and a port without a scheme, as 127.0.0.1:8080, and not "
                            + address);
        }
        this.address = address;
    }

    /**
     * Shows this key or token with every call. Without TLS others may read it on its way.
     *
     * @param text null and the empty text show none
     */
    public TandemClientBuilder apiKey(@Nullable String text) {
        return apiKey(() -> text);
    }

    /**
     * Asks for the key or token before every attempt at a call: for those that expire. What the
     * source throws, the call throws.
     */
    public TandemClientBuilder apiKey(Supplier<? extends @Nullable String> source) {
        key = source;
        return this;
    }

    /** Speaks TLS and trusts whom Java trusts. Without it nothing is encrypted. */
    public TandemClientBuilder tls() {
        return onTls(builder -> {});
    }

    /**
     * Speaks TLS and trusts these authorities only.
     *
     * @param authorities a file with their certificates, PEM
     */
    public TandemClientBuilder tls(Path authorities) {
        return onTls(builder -> builder.trustManager(authorities.toFile()));
    }

    /**
     * Speaks TLS and shows a certificate of the client's own.
     *
     * @param certificate PEM, with those between it and its authority
     * @param privateKey PEM, without password
     */
    public TandemClientBuilder clientCertificate(Path certificate, Path privateKey) {
        return onTls(builder -> builder.keyManager(certificate.toFile(), privateKey.toFile()));
    }

    private interface Change {
        void on(TlsChannelCredentials.Builder builder) throws IOException;
    }

    private TandemClientBuilder onTls(Change change) {
        TlsChannelCredentials.Builder builder =
                tls == null ? TlsChannelCredentials.newBuilder() : tls;
        try {
            change.on(builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tls = builder;
        return this;
    }

    /** The server's name where the address is not it, for its certificate and its allowed hosts. */
    public TandemClientBuilder authority(String name) {
        authority = name;
        return this;
    }

    /** How long a call may take; any time unless it is set. {@link TandemClient#withTimeout}. */
    public TandemClientBuilder timeout(Duration limit) {
        timeout = limit;
        return this;
    }

    /** When calls are made again; {@link RetryPolicy#standard} unless it is set. */
    public TandemClientBuilder retries(RetryPolicy policy) {
        retries = policy;
        return this;
    }

    /** The largest message of an answer that is taken, in bytes; 64 MiB unless it is set. */
    public TandemClientBuilder largestAnswer(int bytes) {
        largestAnswer = bytes;
        return this;
    }

    /**
     * While calls run, a PING leaves after so long without a sign of the server, 30 s unless it is
     * set, which keeps quiet streams open; a server that does not answer it in time, 10 s unless it
     * is set, is given up, and its calls fail with UNAVAILABLE.
     *
     * @param after gRPC takes 10 s at least
     */
    public TandemClientBuilder keepalive(Duration after, Duration answerWithin) {
        pingAfter = after;
        pingTimeout = answerWithin;
        return this;
    }

    /** The client. It connects with its first call, and again by itself. */
    public TandemClient build() {
        ChannelCredentials credentials =
                tls == null ? InsecureChannelCredentials.create() : tls.build();
        var channel =
                Grpc.newChannelBuilder(address, credentials)
                        .userAgent(USER_AGENT)
                        .maxInboundMessageSize(largestAnswer)
                        .keepAliveTime(pingAfter.toMillis(), TimeUnit.MILLISECONDS)
                        .keepAliveTimeout(pingTimeout.toMillis(), TimeUnit.MILLISECONDS);
        if (authority != null) {
            channel.overrideAuthority(authority);
        }
        ManagedChannel made = channel.build();
        CallSettings settings =
                timeout == null ? CallSettings.NONE : CallSettings.NONE.withTimeout(timeout);
        return new TandemClient(new Connection(made, key, retries), settings);
    }
}
