package dev.tandem.runtime.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.tandem.runtime.call.Calls;
import dev.tandem.runtime.call.Pipeline;
import dev.tandem.runtime.call.Policy;
import dev.tandem.runtime.wire.envelope.MessageLimits;
import dev.tandem.runtime.wire.envelope.Serving;
import dev.tandem.test.v1.EchoRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Bytes in, bytes out, without a network; afterwards no call may be left. */
abstract class GrpcWireFixture {
    static final String ECHO = "/tandem.test.v1.ProbeService/Echo";
    static final String COUNT = "/tandem.test.v1.ProbeService/Count";
    static final EchoRequest HELLO = EchoRequest.newBuilder().setText("hello").build();
    static final int LIMIT = 64 << 10;

    final Calls calls = new Calls(() -> "req_1");

    @AfterEach
    void close() {
        assertThat(calls.inFlight()).isZero();
        calls.close();
    }

    static EchoRequest ofSize(int bytes) {
        EchoRequest almost =
                EchoRequest.newBuilder().setBlob(ByteString.copyFrom(new byte[bytes - 8])).build();
        int missing = bytes - almost.getSerializedSize();
        return almost.toBuilder()
                .setBlob(ByteString.copyFrom(new byte[bytes - 8 + missing]))
                .build();
    }

    FakeStream answer(Probe probe, FakeStream stream) throws InterruptedException {
        handle(probe, stream.ends(), List.of());
        return stream;
    }

    void handle(Probe probe, FakeStream stream, List<Policy> policies) throws InterruptedException {
        wire(probe, policies).handle(stream);
    }

    GrpcWire wire(Probe probe, List<Policy> policies) {
        return new GrpcWire(
                Serving.of(
                        List.of(probe.service()),
                        new Pipeline(policies),
                        calls,
                        new MessageLimits(LIMIT, 1024)));
    }
}
