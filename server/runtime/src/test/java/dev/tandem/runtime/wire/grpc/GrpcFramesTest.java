package dev.tandem.runtime.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.envelope.Raw;
import org.junit.jupiter.api.Test;

/** Frames that are too large, cut off or malformed. */
class GrpcFramesTest extends GrpcWireFixture {
    @Test
    void refusesAMessageOverTheLimitByItsPrefix() throws Exception {
        byte[] claim = Raw.prefix(0, Integer.MAX_VALUE, new byte[0]);
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(claim));
        assertThat(stream.trailer("grpc-status")).isEqualTo("8");
        assertThat(ErrorDetails.of(stream).unpackReason()).isEqualTo("request_too_large");
    }

    @Test
    void takesTheTopBitOfALengthAsPartOfIt() throws Exception {
        byte[] claim = Raw.prefix(0, 0x80000001, new byte[] {1});
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(claim));
        assertThat(stream.trailer("grpc-status")).isEqualTo("8");
    }

    @Test
    void takesAMessageOfExactlyTheLimit() throws Exception {
        FakeStream stream = FakeStream.grpc(ECHO).sends(Raw.frame(ofSize(LIMIT)));
        assertThat(answer(new Probe(), stream).trailer("grpc-status")).isEqualTo("0");
        stream = FakeStream.grpc(ECHO).sends(Raw.frame(ofSize(LIMIT + 1)));
        assertThat(answer(new Probe(), stream).trailer("grpc-status")).isEqualTo("8");
    }

    @Test
    void refusesABodyThatEndsWithinAMessage() throws Exception {
        byte[] cut = Raw.prefix(0, 100, new byte[10]);
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(cut));
        assertThat(stream.trailer("grpc-status")).isEqualTo("13");
        assertThat(ErrorDetails.of(stream).unpackReason()).isEqualTo("truncated_message");
        stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(new byte[] {0, 0}));
        assertThat(stream.trailer("grpc-status")).isEqualTo("13");
    }

    @Test
    void refusesReservedFlagBits() throws Exception {
        byte[] odd = Raw.frame(2, HELLO.toByteArray());
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(odd));
        assertThat(stream.trailer("grpc-status")).isEqualTo("13");
        assertThat(ErrorDetails.of(stream).unpackReason()).isEqualTo("malformed_frame");
    }

    @Test
    void refusesWhatIsNoProtobuf() throws Exception {
        byte[] junk = Raw.frame(0, new byte[] {(byte) 0xFF, (byte) 0xFF, 1});
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(junk));
        assertThat(stream.trailer("grpc-status")).isEqualTo("3");
        assertThat(ErrorDetails.of(stream).unpackReason()).isEqualTo("malformed_message");
    }
}
