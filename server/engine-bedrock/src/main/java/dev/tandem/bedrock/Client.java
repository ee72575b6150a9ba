package dev.tandem.bedrock;

import dev.tandem.bedrock.BedrockSettings.Access;
import dev.tandem.bedrock.BedrockSettings.Limits;
import dev.tandem.runtime.auth.Secret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;
import software.amazon.awssdk.services.bedrockruntime.auth.scheme.BedrockRuntimeAuthSchemeProvider;

/** The SDK's client, set up so that it does one thing at a time and nothing by itself. */
final class Client implements AutoCloseable {
    private static final int LONGEST_END = 2; // seconds

    private final SdkEventLoopGroup threads = SdkEventLoopGroup.builder().build();
    private final BedrockRuntimeAsyncClient sdk;

    /**
     * Connects to nothing yet.
     *
     * @throws IllegalArgumentException where neither the settings nor the machine name a region
     */
    Client(BedrockSettings settings) {
        sdk = build(settings, threads);
    }

    /** The SDK's own. */
    BedrockRuntimeAsyncClient sdk() {
        return sdk;
    }

    /** Closes all connections; waits for nothing. */
    @Override
    public void close() {
        sdk.close();
        Object _ = threads.eventLoopGroup().shutdownGracefully(0, LONGEST_END, TimeUnit.SECONDS);
    }

    private static BedrockRuntimeAsyncClient build(
            BedrockSettings settings, SdkEventLoopGroup threads) {
        Access access = settings.access();
        BedrockRuntimeAsyncClientBuilder builder =
                BedrockRuntimeAsyncClient.builder()
                        .httpClientBuilder(http(settings.limits(), threads))
                        .overrideConfiguration(overrides(settings))
                        // what is told there is put into a queue, and never waits
                        .asyncConfiguration(async ->
                                async.advancedOption(
                                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR,
                                        Runnable::run));
        if (access.region() != null) {
            builder.region(Region.of(access.region()));
        }
        if (access.endpoint() != null) {
            builder.endpointOverride(access.endpoint());
        }
        authenticate(builder, access.credentials());
        try {
            return builder.build();
        } catch (SdkException e) {
            throw new IllegalArgumentException(
                    "the region is not known: set it, or AWS_REGION, or one in the profile", e);
        }
    }

    private static ClientOverrideConfiguration overrides(BedrockSettings settings) {
        ClientOverrideConfiguration.Builder overrides =
                ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.doNotRetry()) // that is routing's
                        .addExecutionInterceptor(new CheckedAnswers(settings.limits().answer()));
        if (settings.access().credentials() instanceof BedrockCredentials.Profile(String name)) {
            overrides.defaultProfileName(name);
        }
        return overrides.build();
    }

    /**
     * A connection for each running call: to end a call is to close it. The SDK's own limit of
     * silence counts the time of a slow reader, too, and is off.
     */
    private static SdkAsyncHttpClient.Builder<?> http(Limits limits, SdkEventLoopGroup threads) {
        return NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(threads)
                .protocol(Protocol.HTTP1_1)
                .protocolNegotiation(ProtocolNegotiation.ASSUME_PROTOCOL)
                .maxConcurrency(limits.connections())
                .connectionTimeout(limits.connect())
                .connectionAcquisitionTimeout(limits.connect())
                .tlsNegotiationTimeout(limits.connect())
                .readTimeout(Duration.ZERO)
                .tcpKeepAlive(true);
    }

    private static void authenticate(
            BedrockRuntimeAsyncClientBuilder builder, BedrockCredentials credentials) {
        switch (credentials) {
            case BedrockCredentials.Keys(Secret id, Secret secret, @Nullable Secret session) ->
                    builder.credentialsProvider(
                            StaticCredentialsProvider.create(keys(id, secret, session)));
            case BedrockCredentials.ApiKey(Secret key) ->
                    builder.tokenProvider(() -> new ApiKeyToken(key))
                            .authSchemeProvider(
                                    BedrockRuntimeAuthSchemeProvider.defaultProvider(
                                            List.of("httpBearerAuth")));
            case BedrockCredentials.Profile(String name) ->
                    builder.credentialsProvider(told(ProfileCredentialsProvider.create(name)));
            case BedrockCredentials.Found() ->
                    builder.credentialsProvider(told(DefaultCredentialsProvider.builder().build()));
        }
    }

    private static AwsCredentials keys(Secret id, Secret secret, @Nullable Secret session) {
        return session == null
                ? AwsBasicCredentials.create(id.reveal(), secret.reveal())
                : AwsSessionCredentials.create(id.reveal(), secret.reveal(), session.reveal());
    }

    /** Makes it known that it was these which could not be had. */
    private static AwsCredentialsProvider told(AwsCredentialsProvider provider) {
        return () -> {
            try {
                return provider.resolveCredentials();
            } catch (SdkException e) {
                throw new NoCredentialsException(e);
            }
        };
    }
}
