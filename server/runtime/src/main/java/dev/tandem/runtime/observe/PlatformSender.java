package dev.tandem.runtime.observe;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Posts one export after the other. Nothing is sent again: the next batch is on its way soon. */
final class PlatformSender implements HttpSender {
    private final HttpSenderConfig config;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("otlp-", 0).factory());
    private final HttpClient client;

    PlatformSender(HttpSenderConfig config) {
        this.config = config;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .executor(threads)
                        .connectTimeout(positive(config.getConnectTimeout()));
        if (config.getSslContext() != null) {
            builder.sslContext(config.getSslContext());
        }
        client = builder.build();
    }

    private static Duration positive(Duration time) {
        return time.isPositive() ? time : Duration.ofSeconds(10);
    }

    @Override
    public void send(
            MessageWriter message, Consumer<HttpResponse> answered, Consumer<Throwable> failed) {
        HttpRequest request;
        try {
            request = request(message);
        } catch (IOException e) {
            failed.accept(e);
            return;
        }
        var _ =
                client.sendAsync(request, BodyHandlers.ofByteArray())
                        .whenComplete((response, failure) -> {
                            if (failure == null) {
                                answered.accept(new Answer(response.statusCode(), response.body()));
                            } else {
                                failed.accept(failure);
                            }
                        });
    }

    private HttpRequest request(MessageWriter message) throws IOException {
        ByteArrayOutputStream body =
                new ByteArrayOutputStream(Math.max(32, message.getContentLength()));
        message.writeMessage(body); // before this returns: the writer is used again
        HttpRequest.Builder request =
                HttpRequest.newBuilder(config.getEndpoint())
                        .timeout(positive(config.getTimeout()))
                        .header("content-type", config.getContentType())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
        Supplier<Map<String, List<String>>> headers = config.getHeadersSupplier();
        headers.get()
                .forEach((name, values) -> values.forEach(value -> request.setHeader(name, value)));
        return request.build();
    }

    private static final class Answer implements HttpResponse {
        private final int status;
        private final byte[] body;

        Answer(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }

        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        public String getStatusMessage() {
            return "HTTP " + status;
        }

        @Override
        public byte[] getResponseBody() {
            return body;
        }
    }

    @Override
    public CompletableResultCode shutdown() {
        client.shutdownNow();
        threads.shutdownNow();
        return CompletableResultCode.ofSuccess();
    }
}
