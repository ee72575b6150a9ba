package dev.tandem.runtime.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.wire.envelope.Gzip;
import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.test.v1.EchoRequest;
import dev.tandem.test.v1.EchoResponse;
import org.junit.jupiter.api.Test;

/** Compressed messages, both ways. */
class GrpcCompressionTest extends GrpcWireFixture {
    @Test
    void readsGzip() throws Exception {
        byte[] packed = Raw.frame(1, Raw.gzip(HELLO.toByteArray()));
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-encoding", "gzip").sends(packed);
        assertThat(answer(new Probe(), stream).trailer("grpc-status")).isEqualTo("0");
        assertThat(stream.body())
                .isEqualTo(Raw.frame(EchoResponse.newBuilder().setText("hello").build()));
    }

    @Test
    void stopsUnpackingAtTheLimit() throws Exception {
        byte[] bomb = Raw.gzip(new byte[32 << 20]);
        assertThat(bomb.length).isLessThan(LIMIT);
        FakeStream stream =
                FakeStream.grpc(ECHO).with("grpc-encoding", "gzip").sends(Raw.frame(1, bomb));
        assertThat(answer(new Probe(), stream).trailer("grpc-status")).isEqualTo("8");
    }

    @Test
    void unpacksAMessageOfExactlyTheLimit() throws Exception {
        byte[] packed = Raw.frame(1, Raw.gzip(ofSize(LIMIT).toByteArray()));
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-encoding", "gzip").sends(packed);
        assertThat(answer(new Probe(), stream).trailer("grpc-status")).isEqualTo("0");
    }

    @Test
    void refusesGzipThatIsNone() throws Exception {
        byte[] junk = Raw.frame(1, HELLO.toByteArray());
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-encoding", "gzip").sends(junk);
        assertThat(answer(new Probe(), stream).trailer("grpc-status")).isEqualTo("13");
    }

    @Test
    void refusesACompressedMessageWithoutAnEncoding() throws Exception {
        byte[] packed = Raw.frame(1, Raw.gzip(HELLO.toByteArray()));
        FakeStream stream = answer(new Probe(), FakeStream.grpc(ECHO).sends(packed));
        assertThat(stream.trailer("grpc-status")).isEqualTo("13");
        assertThat(ErrorDetails.of(stream).unpackReason()).isEqualTo("missing_encoding");
    }

    @Test
    void refusesAnUnknownEncodingAndNamesThoseItKnows() throws Exception {
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-encoding", "snappy");
        answer(new Probe(), stream.sends(Raw.frame(HELLO)));
        assertThat(stream.trailer("grpc-status")).isEqualTo("12");
        assertThat(stream.trailer("grpc-accept-encoding")).isEqualTo("identity,gzip");
    }

    @Test
    void compressesLargeMessagesForThoseWhoAcceptIt() throws Exception {
        EchoRequest large = ofSize(10_000);
        FakeStream stream = FakeStream.grpc(ECHO).with("grpc-accept-encoding", "identity, gzip");
        answer(new Probe(), stream.sends(Raw.frame(large)));
        assertThat(stream.header("grpc-encoding")).isEqualTo("gzip");
        byte[] body = stream.body();
        assertThat(body[0]).isEqualTo((byte) 1);
        byte[] plain = Gzip.unpack(body, 5, body.length - 5, LIMIT);
        assertThat(plain).isEqualTo(Probe.echo(large).toByteArray());
    }

    @Test
    void leavesSmallMessagesAndOtherClientsUncompressed() throws Exception {
        FakeStream small = FakeStream.grpc(ECHO).with("grpc-accept-encoding", "gzip");
        answer(new Probe(), small.sends(Raw.frame(HELLO)));
        assertThat(small.header("grpc-encoding")).isNull();
        assertThat(small.body()[0]).isZero();
        FakeStream other = FakeStream.grpc(ECHO).with("grpc-accept-encoding", "identity");
        answer(new Probe(), other.sends(Raw.frame(ofSize(10_000))));
        assertThat(other.header("grpc-encoding")).isNull();
        assertThat(other.body()[0]).isZero();
    }
}
