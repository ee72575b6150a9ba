package dev.tandem.bench;

import dev.tandem.runtime.call.Handler;
import dev.tandem.runtime.call.Method;
import dev.tandem.runtime.call.Service;
import dev.tandem.runtime.policy.Validate;
import dev.tandem.v1.ChatCompletion;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ChatServiceGrpc;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the rules of the contract cost a request that keeps them all. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class ValidateBench {
    private final ChatRequest request = Samples.request();
    private final Handler<ChatRequest, ChatCompletion> checked = checked();

    private static Handler<ChatRequest, ChatCompletion> checked() {
        Service service =
                Service.of(ChatServiceGrpc.getServiceDescriptor())
                        .unary(ChatServiceGrpc.getCompleteMethod(), (request, call) -> null)
                        .stream(ChatServiceGrpc.getStreamMethod(), (request, sink, call) -> {})
                        .build();
        @SuppressWarnings("unchecked")
        Method<ChatRequest, ChatCompletion> method =
                (Method<ChatRequest, ChatCompletion>) service.methods().getFirst();
        return new Validate(List.of(method)).around(method, (source, sink, call) -> source.next());
    }

    /** A request of ten messages, as the handler's source gives it. */
    @Benchmark
    public void request() throws Exception {
        checked.handle(() -> request, message -> {}, null);
    }
}
