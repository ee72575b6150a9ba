package dev.tandem.runtime.observe;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes ended spans to an OTLP receiver, in batches, on threads of its own. A full queue drops
 * spans; no call ever waits.
 */
final class Exporting implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration EXPORT = Duration.ofSeconds(5);
    private static final int BATCH = 512;

    /**
     * OpenTelemetry's own words on each failed export, which {@link ToldExporter} says more
     * sparingly. Held, because a logger that nobody holds forgets its level.
     */
    private static final Logger TOLD_OTHERWISE = Logger.getLogger("io.opentelemetry.exporter");

    private final SdkTracerProvider provider;

    Exporting(TraceSettings settings, String version, Metrics metrics) {
        TOLD_OTHERWISE.setLevel(Level.OFF);
        URI endpoint = settings.endpoint();
        OtlpHttpSpanExporterBuilder exporter =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(settings.address().toString())
                        .setConnectTimeout(CONNECT)
                        .setTimeout(EXPORT)
                        .setRetryPolicy(null)
                        .setMeterProvider(MeterProvider.noop());
        settings.headers().forEach(exporter::addHeader);
        ToldExporter told =
                new ToldExporter(
                        exporter.build(), endpoint.getHost() + ":" + endpoint.getPort(), metrics);
        provider =
                SdkTracerProvider.builder()
                        .setSampler(
                                Sampler.parentBased(Sampler.traceIdRatioBased(settings.ratio())))
                        .setResource(
                                Resource.create(
                                        Attributes.of(
                                                AttributeKey.stringKey("service.name"),
                                                settings.service(),
                                                AttributeKey.stringKey("service.version"),
                                                version)))
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(told)
                                        .setMaxQueueSize(settings.queue())
                                        .setMaxExportBatchSize(Math.min(BATCH, settings.queue()))
                                        .setScheduleDelay(settings.delay())
                                        .setExporterTimeout(EXPORT)
                                        .build())
                        .build();
    }

    SdkTracerProvider provider() {
        return provider;
    }

    /** Exports what waits still, for some seconds at most. */
    @Override
    public void close() {
        provider.shutdown().join(EXPORT.toSeconds(), TimeUnit.SECONDS);
    }
}
