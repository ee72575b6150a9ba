package dev.tandem.runtime.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.test.v1.CountRequest;
import dev.tandem.test.v1.EchoResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls that end early: by deadline, client or shutdown. */
class GrpcCancelTest extends GrpcWireFixture {
    @Test
    void readsTheTimeout() throws Exception {
        AtomicReference<Duration> left = new AtomicReference<>();
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            left.set(call.remaining().orElseThrow());
                            sink.send(EchoResponse.getDefaultInstance());
                        });
        answer(probe, FakeStream.grpc(ECHO).with("grpc-timeout", "10M"));
        assertThat(left.get()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
    }

    @Test
    void refusesAMalformedTimeout() throws Exception {
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-timeout", "10x");
        answer(new Probe(), stream.sends(Raw.frame(HELLO)));
        assertThat(stream.trailer("grpc-status")).isEqualTo("3");
    }

    @Test
    void endsAHandlerThatWaitsAtItsDeadline() throws Exception {
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-timeout", "20m");
        handle(new Probe(), stream, List.of()); // the request never ends
        assertThat(stream.trailer("grpc-status")).isEqualTo("4");
        assertThat(stream.events()).containsExactly("headers+end");
    }

    @Test
    void endsAHandlerWhoseClientDoesNotReadAtItsDeadline() throws Exception {
        CountRequest request = CountRequest.newBuilder().setMessages(3).build();
        FakeStream stream = FakeStream.grpc(COUNT).unread(this::passDeadline);
        answer(new Probe(), stream.sends(Raw.frame(request)));
        assertThat(stream.events()).containsExactly("headers", "trailers");
        assertThat(stream.trailer("grpc-status")).isEqualTo("4");
    }

    @Test
    void endsAUnaryCallWhoseClientDoesNotReadAtItsDeadline() throws Exception {
        FakeStream stream = FakeStream.grpc(ECHO).unread(this::passDeadline);
        answer(new Probe(), stream.sends(Raw.frame(HELLO)));
        assertThat(stream.events()).containsExactly("headers", "trailers");
        assertThat(stream.trailer("grpc-status")).isEqualTo("4");
    }

    @Test
    void aPassedDeadlineNeverReachesTheHandler() throws Exception {
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            throw new AssertionError("was called");
                        });
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-timeout", "0n");
        assertThat(answer(probe, stream).trailer("grpc-status")).isEqualTo("4");
    }

    @Test
    void tellsAHandlerThatItsClientLeft() throws Exception {
        AtomicReference<@Nullable CancelCause> cause = new AtomicReference<>();
        FakeStream stream = FakeStream.grpc(ECHO);
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            call.onCancel(() -> cause.set(call.cancelled()));
                            Thread.startVirtualThread(stream::leave);
                            source.next();
                        });
        handle(probe, stream, List.of());
        assertThat(cause.get()).isEqualTo(CancelCause.CLIENT_LEFT);
        assertThat(stream.events()).isEmpty();
    }

    @Test
    void shutdownIsUnavailable() throws Exception {
        Probe probe =
                new Probe()
                        .echo((source, sink, call) -> {
                            calls.cancelAll(CancelCause.SHUTDOWN);
                            source.next();
                        });
        FakeStream stream = FakeStream.grpc(ECHO);
        handle(probe, stream, List.of());
        assertThat(stream.trailer("grpc-status")).isEqualTo("14");
    }

    private void passDeadline() {
        calls.cancelAll(CancelCause.DEADLINE);
    }
}
