package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpServer;
import dev.tandem.runtime.observe.TraceSettings;
import dev.tandem.testing.Caller;
import dev.tandem.testing.Gate;
import dev.tandem.testing.OpenCall;
import dev.tandem.testing.Script;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Spans of calls, as receivers get them. */
class TracesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    /** An OTLP receiver that keeps what it gets. */
    private static final class Receiver implements AutoCloseable {
        final BlockingQueue<Span> spans = new LinkedBlockingQueue<>();
        final BlockingQueue<String> credentials = new LinkedBlockingQueue<>();
        private final HttpServer server;

        Receiver() throws IOException {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/v1/traces",
                    exchange -> {
                        try (InputStream body = exchange.getRequestBody()) {
                            ExportTraceServiceRequest.parseFrom(body.readAllBytes())
                                    .getResourceSpansList()
                                    .forEach(resource ->
                                            resource.getScopeSpansList()
                                                    .forEach(scope ->
                                                            spans.addAll(scope.getSpansList())));
                        }
                        credentials.add(
                                String.valueOf(
                                        exchange.getRequestHeaders().getFirst("authorization")));
                        exchange.sendResponseHeaders(200, -1);
                        exchange.close();
                    });
            server.start();
        }

        TraceSettings settings() {
            return fast(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        }

        Span next() throws InterruptedException {
            Span span = spans.poll(20, TimeUnit.SECONDS);
            assertThat(span).isNotNull();
            return java.util.Objects.requireNonNull(span);
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static TraceSettings fast(URI endpoint) {
        return TraceSettings.to(endpoint).withQueue(100, Duration.ofMillis(20));
    }

    private static Fixture gateway(Script script, TraceSettings traces, boolean content) {
        return new Fixture(
                script,
                GatewaySettings.ofLoopback()
                        .with(Seen.defaults().withTraces(Optional.of(traces), content)));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aCallIsASpanWithinTheCallersTraceAndTheEngineOneWithinIt(Way way) throws Exception {
        try (Receiver receiver = new Receiver();
                Fixture gateway = gateway(Script.saying("a", "b"), receiver.settings(), false)) {
            assertThat(
                            gateway.call(
                                            way,
                                            Fixture.request().build(),
                                            Caller.PLAIN
                                                    .header(
                                                            "traceparent",
                                                            "00-" + TRACE + "-" + PARENT + "-01")
                                                    .header("tracestate", "vendor=x")
                                                    .header("x-request-id", "req-7"))
                                    .ok())
                    .isTrue();
            Span first = receiver.next();
            Span second = receiver.next();
            boolean engineFirst = first.getName().equals("chat tiny");
            Span engine = engineFirst ? first : second;
            Span call = engineFirst ? second : first;

            assertThat(hex(call.getTraceId())).isEqualTo(TRACE);
            assertThat(hex(call.getParentSpanId())).isEqualTo(PARENT);
            assertThat(call.getTraceState()).isEqualTo("vendor=x");
            assertThat(call.getName())
                    .isEqualTo("tandem.v1.ChatService/" + (way.streams() ? "Stream" : "Complete"));
            assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
            assertThat(attributes(call))
                    .containsEntry("rpc.service", "tandem.v1.ChatService")
                    .containsEntry("tandem.request_id", "req-7")
                    .containsEntry("tandem.code", "OK")
                    .containsEntry("tandem.ended", "complete");
            assertThat(engine.getParentSpanId()).isEqualTo(call.getSpanId());
            assertThat(attributes(engine))
                    .containsEntry("gen_ai.operation.name", "chat")
                    .containsEntry("gen_ai.provider.name", "scripted")
                    .containsEntry("gen_ai.request.model", "tiny")
                    .containsEntry("gen_ai.usage.input_tokens", "3")
                    .containsEntry("gen_ai.usage.output_tokens", "2");
            assertThat(engine.getEventsList())
                    .extracting(Span.Event::getName)
                    .containsExactly("gen_ai.first_token");
            assertThat(first.toString() + second).doesNotContain("hi", "authorization");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aClientThatLeavesEndsItsSpansWithTheCause(Way way) throws Exception {
        try (Receiver receiver = new Receiver();
                Fixture gateway =
                        gateway(Script.saying("a").pause(new Gate()), receiver.settings(), false)) {
            try (OpenCall<? extends Message> call = gateway.open(way)) {
                gateway.engine.awaitRun().awaitSent(2);
                call.leave();
            }
            for (Span span : List.of(receiver.next(), receiver.next())) {
                assertThat(attributes(span)).containsEntry("error.type", "cancelled");
            }
        }
    }

    @Test
    void whatACallerDoesNotSampleIsNotRecordedNorWhatTheRatioLeavesOut() throws Exception {
        try (Receiver receiver = new Receiver();
                Fixture gateway =
                        gateway(Script.saying("a"), receiver.settings().withRatio(0), false)) {
            assertThat(gateway.call(Way.GRPC_STREAM).ok()).isTrue();
            var _ = traced(gateway, "00");
            assertThat(receiver.spans).isEmpty();

            var _ = traced(gateway, "01"); // the caller's word goes before the ratio

            assertThat(hex(receiver.next().getTraceId())).isEqualTo(TRACE);
        }
    }

    private static Object traced(Fixture gateway, String flags) {
        return gateway.call(
                Way.REST,
                Fixture.request().build(),
                Caller.PLAIN.header("traceparent", "00-" + TRACE + "-" + PARENT + "-" + flags));
    }

    @Test
    void contentIsThereWhereTheSettingsSaySo() throws Exception {
        try (Receiver receiver = new Receiver();
                Fixture gateway = gateway(Script.saying("se", "cret"), receiver.settings(), true)) {
            assertThat(gateway.call(Way.SSE).ok()).isTrue();
            Map<String, String> both = attributes(receiver.next());
            both.putAll(attributes(receiver.next()));

            assertThat(both.get("gen_ai.input.messages"))
                    .isEqualTo(
                            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"hi\"}]}]");
            assertThat(both.get("gen_ai.output.messages")).contains("\"content\":\"secret\"");
        }
    }

    @Test
    void exportsCarryTheConfiguredHeaders() throws Exception {
        try (Receiver receiver = new Receiver();
                Fixture gateway =
                        gateway(
                                Script.saying("a"),
                                receiver.settings().withHeaders(Map.of("authorization", "Basic x")),
                                false)) {
            assertThat(gateway.call(Way.REST).ok()).isTrue();
            assertThat(receiver.credentials.poll(20, TimeUnit.SECONDS)).isEqualTo("Basic x");
        }
    }

    @Test
    void aReceiverThatIsAwayCostsALineAndNoCall() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Handler handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord record) {
                        lines.add(String.valueOf(record.getMessage()));
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger log = Logger.getLogger("dev.tandem.runtime.observe.ToldExporter");
        Logger theirs = Logger.getLogger("io.opentelemetry");
        log.addHandler(handler);
        theirs.addHandler(handler);
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (Fixture gateway =
                gateway(Script.saying("a"), fast(URI.create("http://127.0.0.1:" + port)), false)) {
            for (int i = 0; i < 300; i++) {
                assertThat(gateway.call(Way.GRPC_WHOLE).ok()).isTrue();
            }
            assertThat(lines.poll(20, TimeUnit.SECONDS)).contains("spans were lost");
        } finally {
            log.removeHandler(handler);
            theirs.removeHandler(handler);
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void theRealCollectorTakesTheSpans() throws Exception {
        try (Collector collector = Collector.start();
                Fixture gateway =
                        gateway(Script.saying("a", "b"), fast(collector.endpoint()), false)) {
            var _ = traced(gateway, "01");

            String said = collector.await("chat tiny") + collector.await("ChatService/Complete");

            assertThat(said)
                    .contains("Trace ID       : " + TRACE)
                    .contains("gen_ai.usage.output_tokens: Int(2)")
                    .contains("service.name: Str(tandem)");
        }
    }

    private static String hex(com.google.protobuf.ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static Map<String, String> attributes(Span span) {
        Map<String, String> attributes = new HashMap<>();
        for (KeyValue pair : span.getAttributesList()) {
            attributes.put(
                    pair.getKey(),
                    pair.getValue().hasIntValue()
                            ? Long.toString(pair.getValue().getIntValue())
                            : pair.getValue().getStringValue());
        }
        return attributes;
    }
}
