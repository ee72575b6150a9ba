package dev.tandem.remote;

import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.observe.CallTrace;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.opentelemetry.api.trace.Span;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * The way to one other Tandem: one HTTP/2 connection for all calls, opened when it is needed and
 * again when it breaks. Shared by the engines of all its models. Safe for use by any thread; closed
 * by whoever opened it, after those engines.
 */
public final class TandemConnection implements AutoCloseable {
    private static final Logger LOG = System.getLogger(TandemConnection.class.getName());

    /** What a reader that is slow may leave unread, in bytes of one call. */
    private static final int WINDOW = 256 << 10;

    private static final Metadata.Key<String> AUTHORIZATION = ascii("authorization");
    private static final Metadata.Key<String> REQUEST_ID = ascii("x-request-id");

    private final TandemSettings settings;
    private final ManagedChannel channel;
    private final HealthWatch health;

    private TandemConnection(TandemSettings settings, ManagedChannel channel) {
        this.settings = settings;
        this.channel = channel;
        this.health = new HealthWatch(channel, settings.place());
    }

    /**
     * Opens the way and asks the server at once whether it is well; does not wait for an answer.
     *
     * @throws IllegalArgumentException where the files for TLS cannot be used
     */
    public static TandemConnection open(TandemSettings settings) {
        Duration connect = settings.limits().connect();
        NettyChannelBuilder builder =
                NettyChannelBuilder.forAddress(settings.address().getHost(), settings.port())
                        .directExecutor() // what runs there only puts messages into queues
                        .disableRetry() // at a port with TLS it opens a thousand connections
                        .userAgent("tandem")
                        .flowControlWindow(WINDOW)
                        .maxInboundMessageSize(Math.toIntExact(settings.limits().answer()))
                        .withOption(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(connect.toMillis()))
                        .keepAliveTime(
                                settings.keepalive().after().toMillis(), TimeUnit.MILLISECONDS)
                        .keepAliveTimeout(
                                settings.keepalive().timeout().toMillis(), TimeUnit.MILLISECONDS);
        if (settings.plain()) {
            warnOfOpenKey(settings);
            builder.usePlaintext();
        } else {
            builder.sslContext(trust(settings.tls()));
        }
        TandemConnection connection = new TandemConnection(settings, builder.build());
        connection.health.begin();
        return connection;
    }

    private static SslContext trust(TandemSettings.Tls tls) {
        try {
            SslContextBuilder context = GrpcSslContexts.forClient();
            if (tls.ca() != null) {
                context.trustManager(tls.ca().toFile());
            }
            if (tls.certificate() != null && tls.key() != null) {
                context.keyManager(tls.certificate().toFile(), tls.key().toFile());
            }
            return context.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the files for TLS must be PEM files that can be read: " + e.getMessage(), e);
        }
    }

    private static void warnOfOpenKey(TandemSettings settings) {
        try {
            if (settings.key() != null
                    && !InetAddress.getByName(settings.address().getHost()).isLoopbackAddress()) {
                LOG.log(
                        Level.WARNING,
                        "{0} is asked without TLS: everybody on the way can read the key and the"
                                + " conversations; use https://",
                        settings.place());
            }
        } catch (UnknownHostException e) {
            LOG.log(Level.WARNING, "{0} is not known by its name now", settings.place());
        }
    }

    /** Did the server say that it is well, and has nothing told otherwise since? Never waits. */
    public boolean reachable() {
        return health.serving()
                && switch (channel.getState(false)) {
                    case TRANSIENT_FAILURE, SHUTDOWN -> false;
                    case READY, IDLE, CONNECTING -> true;
                };
    }

    /**
     * Asks whether the server is well, and waits for the answer.
     *
     * @return false where it says no, says nothing in time, or cannot be reached
     */
    public boolean answers(Duration patience) throws InterruptedException {
        if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.resetConnectBackoff();
        }
        try (Exchange<HealthCheckResponse> asked =
                Exchange.begin(
                        channel,
                        HealthGrpc.getCheckMethod(),
                        HealthCheckRequest.getDefaultInstance(),
                        CallOptions.DEFAULT,
                        new Metadata())) {
            HealthCheckResponse answer = asked.next(patience);
            return answer != null && answer.getStatus() == ServingStatus.SERVING;
        } catch (StatusException | TimeoutException e) {
            LOG.log(Level.DEBUG, "{0} did not answer: {1}", settings.place(), e.getMessage());
            return false;
        }
    }

    TandemSettings settings() {
        return settings;
    }

    Channel channel() {
        return channel;
    }

    /** With this server's key. */
    Metadata headers() {
        Metadata headers = new Metadata();
        if (settings.key() != null) {
            headers.put(AUTHORIZATION, "Bearer " + settings.key().reveal());
        }
        return headers;
    }

    /** With the key, the call's id and its place in its trace. */
    Metadata headers(Call call) {
        Metadata headers = headers();
        headers.put(REQUEST_ID, call.requestId());
        CallTrace.onward(call, Span.getInvalid())
                .forEach((name, value) -> headers.put(ascii(name), value));
        return headers;
    }

    private static Metadata.Key<String> ascii(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    /** Ends all calls that run. */
    @Override
    public void close() {
        health.close();
        channel.shutdownNow();
    }
}
