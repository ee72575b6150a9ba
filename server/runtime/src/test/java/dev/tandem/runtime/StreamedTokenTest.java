package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.sun.management.ThreadMXBean;
import dev.tandem.runtime.admission.Admission;
import dev.tandem.runtime.admission.AdmissionPolicy;
import dev.tandem.runtime.admission.Callers;
import dev.tandem.runtime.admission.Capacity;
import dev.tandem.runtime.auth.ApiKeys;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.auth.TestSecrets;
import dev.tandem.runtime.call.Call;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Head;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.call.RequestIds;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.call.Sink;
import dev.tandem.runtime.call.Source;
import dev.tandem.runtime.limits.Charge;
import dev.tandem.runtime.limits.Limit;
import dev.tandem.runtime.limits.MemoryStore;
import dev.tandem.runtime.limits.Quota;
import dev.tandem.runtime.limits.Span;
import dev.tandem.runtime.observe.Observability;
import dev.tandem.runtime.observe.ObserveSettings;
import dev.tandem.runtime.observe.TraceSettings;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.runtime.policy.StreamLimits;
import dev.tandem.runtime.policy.TimeLimits;
import dev.tandem.test.v1.GuardServiceGrpc;
import dev.tandem.test.v1.Note;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a message of a stream costs on its way out through every policy. */
class StreamedTokenTest {
    private static final ThreadMXBean THREADS =
            ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final int TOKENS = 10_000;
    private static final String METHOD = "tandem.test.v1.GuardService/Follow";

    private final AtomicLong allocated = new AtomicLong(-1);
    private final Secret key = TestSecrets.key();

    @Test
    void allocatesNothing() {
        AtomicInteger received = new AtomicInteger();
        try (Observability seen = Observability.of(traced());
                TimeLimits clock = new TimeLimits(StreamLimits.defaults());
                Calls calls = new Calls(new RequestIds())) {
            Pipeline pipeline = order(seen).pipeline(List.of(service()), clock);
            Method<Note, Note> follow = pipeline.wrap(follow());
            Call call = calls.open(head(), null);
            assertThat(pipeline.admit(call)).isNull();
            assertThat(Pipeline.run(follow, one(), note -> received.incrementAndGet(), call))
                    .isNull();
            calls.close(call);
        }
        assertThat(received).hasValue(2 * TOKENS);
        assertThat(allocated.get()).isBetween(0L, TOKENS / 10L);
    }

    private static ObserveSettings traced() {
        return ObserveSettings.defaults()
                .withTraces(Optional.of(TraceSettings.to(URI.create("http://127.0.0.1:9"))));
    }

    private PolicyOrder order(Observability seen) {
        CorsSettings cors = CorsSettings.of(List.of("https://app.example.com"));
        Access access =
                Access.NONE
                        .with(
                                List.of(
                                        ApiKeys.of(
                                                List.of(
                                                        TestSecrets.entry(
                                                                "reader", key, "notes.read")),
                                                InstantSource.system())))
                        .with(() -> cors);
        return new PolicyOrder(List.of(), access, false, limits(), seen);
    }

    private static List<Policy> limits() {
        Charge charge =
                new Charge("server", "server", new Limit(Limit.REQUESTS, Span.MINUTE, 10), 1);
        return List.of(
                new Quota(method -> (request, call) -> List.of(charge), new MemoryStore()),
                new AdmissionPolicy(new Admission(Capacity.of(1, 1)), Callers::of, method -> true));
    }

    /** Half of the notes are sent for what is done once: classes, lambdas, the first message. */
    private Service service() {
        return Service.of(GuardServiceGrpc.getServiceDescriptor())
                .unary(GuardServiceGrpc.getReadMethod(), (note, call) -> note)
                .unary(GuardServiceGrpc.getWriteMethod(), (note, call) -> note)
                .unary(GuardServiceGrpc.getResetMethod(), (note, call) -> note)
                .clientStream(
                        GuardServiceGrpc.getCollectMethod(),
                        (notes, call) -> Note.getDefaultInstance())
                .stream(
                        GuardServiceGrpc.getFollowMethod(),
                        (note, sink, call) -> {
                            send(note, sink);
                            long before = THREADS.getCurrentThreadAllocatedBytes();
                            send(note, sink);
                            allocated.set(THREADS.getCurrentThreadAllocatedBytes() - before);
                        })
                .build();
    }

    private static <M extends Message> void send(M message, Sink<M> sink) {
        for (int i = 0; i < TOKENS; i++) {
            sink.send(message);
        }
    }

    @SuppressWarnings("unchecked") // of this name there is one method
    private Method<Note, Note> follow() {
        return (Method<Note, Note>)
                service().methods().stream()
                        .filter(method -> method.fullName().equals(METHOD))
                        .findFirst()
                        .orElseThrow();
    }

    private static Source<Note> one() {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.getAndIncrement() == 0 ? Note.newBuilder().setText("a").build() : null;
    }

    private Head head() {
        return new Head(
                Head.Wire.GRPC,
                "POST",
                "/" + METHOD,
                METHOD,
                Map.of(
                        "host",
                        List.of("127.0.0.1"),
                        "authorization",
                        List.of("Bearer " + key.reveal())),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000));
    }
}
