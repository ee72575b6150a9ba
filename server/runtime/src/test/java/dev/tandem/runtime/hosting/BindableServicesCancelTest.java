package dev.tandem.runtime.hosting;

import static dev.tandem.runtime.hosting.Echo.HELLO;
import static dev.tandem.runtime.hosting.Echo.echo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.call.Code;
import dev.tandem.test.v1.EchoRequest;
import dev.tandem.test.v1.EchoResponse;
import io.grpc.Context;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a grpc-java service learns of the deadline and the end of its call. */
@Timeout(30)
class BindableServicesCancelTest {
    @Test
    void aServiceThatNeverCompletesEndsWithItsClient() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        Echo never =
                (request, observer, server) -> {
                    server.setOnCancelHandler(() -> cancelled.complete(server.isCancelled()));
                    asked.countDown();
                };
        try (var call = echo(never)) {
            call.sends(HELLO).ends().start();
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            call.cancel(CancelCause.CLIENT_LEFT);
            assertThat(call.end().orElseThrow().code()).isEqualTo(Code.CANCELLED);
            assertThat(cancelled.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theContextHasTheDeadlineAndIsCancelledWithTheCall() throws Exception {
        AtomicReference<Context> context = new AtomicReference<>();
        CountDownLatch cancelled = new CountDownLatch(1);
        Echo waits =
                (request, observer, server) -> {
                    context.set(Context.current());
                    Context.current().addListener(_ -> cancelled.countDown(), Runnable::run);
                };
        try (LocalCall<EchoRequest, EchoResponse> call =
                new LocalCall<>(
                        new BindableServices().host(waits),
                        "Echo",
                        Map.of(),
                        Duration.ofMillis(200))) {
            call.sends(HELLO).ends().start();
            assertThat(call.end().orElseThrow().code()).isEqualTo(Code.DEADLINE_EXCEEDED);
            assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(context.get().getDeadline()).isNotNull();
            assertThat(context.get().isCancelled()).isTrue();
        }
    }

    @Test
    void theContextOfACallWithoutDeadlineIsCancelledToo() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Echo waits =
                (request, observer, server) -> {
                    Context.current().addListener(_ -> cancelled.countDown(), Runnable::run);
                    asked.countDown();
                };
        try (var call = echo(waits)) {
            call.sends(HELLO).ends().start();
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            call.cancel(CancelCause.SHUTDOWN);
            assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
