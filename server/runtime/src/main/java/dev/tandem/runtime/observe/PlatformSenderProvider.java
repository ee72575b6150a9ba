package dev.tandem.runtime.observe;

import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;

/**
 * Lets OpenTelemetry send with the platform's own HTTP client: the sender that it comes with brings
 * an HTTP client and the runtime of another language along. Found by the service loader.
 */
public final class PlatformSenderProvider implements HttpSenderProvider {
    /** For the service loader. */
    public PlatformSenderProvider() {}

    @Override
    public HttpSender createSender(HttpSenderConfig config) {
        return new PlatformSender(config);
    }
}
