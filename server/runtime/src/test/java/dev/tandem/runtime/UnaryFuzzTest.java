package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.runtime.wire.envelope.Raw;
import dev.tandem.runtime.wire.grpc.Probe;
import dev.tandem.test.v1.EchoRequest;
import dev.tandem.test.v1.EchoResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/**
 * Spoilt messages of Connect's unary calls, over either HTTP: what protobuf and gzip read in them
 * is answered, everything else is told to be the client's mistake.
 *
 * <p>For longer: {@code -Dtandem.fuzz.seconds=300}.
 */
class UnaryFuzzTest {
    private static final int LIMIT = 64 << 10;
    private static final int AT_ONCE = 16;
    private static final Server SERVER =
            Server.builder()
                    .service(new Probe().service())
                    .maxRequestBytes(LIMIT)
                    .drainLimit(Duration.ZERO)
                    .start();

    @AfterContainer
    static void stop() throws InterruptedException {
        assertThat(SERVER.calls().awaitIdle(Duration.ofSeconds(20))).isTrue();
        SERVER.close();
    }

    @Property(tries = 200)
    void readsWhatProtobufReads(@ForAll long seed) throws IOException {
        check(seed);
    }

    @Example
    void forAsLongAsIsAsked() throws Exception {
        Fuzzing.asLongAsIsAsked(AT_ONCE, UnaryFuzzTest::check, () -> {});
    }

    private static void check(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        boolean gzip = random.nextBoolean();
        boolean takesGzip = random.nextBoolean();
        byte[] body = body(random, gzip);
        Version version = random.nextBoolean() ? Version.HTTP_1_1 : Version.HTTP_2;
        RawAnswer answer =
                RawAnswer.to(
                        version,
                        SERVER.port(),
                        "POST",
                        "/tandem.test.v1.ProbeService/Echo",
                        body,
                        "content-type",
                        "application/proto",
                        "content-encoding",
                        gzip ? "gzip" : "identity",
                        "accept-encoding",
                        takesGzip ? "gzip" : "identity");
        EchoRequest request = read(body, gzip);
        String what = "seed " + seed + " " + version + " " + answer;
        if (request == null) {
            assertThat(answer.status()).as(what).isIn(400, 413, 429);
            assertThat(answer.text())
                    .as(what)
                    .startsWith("{\"code\":\"")
                    .containsAnyOf("\"invalid_argument\"", "\"resource_exhausted\"");
            return;
        }
        assertThat(answer.status()).as(what).isEqualTo(200);
        ByteString bytes =
                answer.header("content-encoding").equals("gzip")
                        ? ByteString.copyFrom(unpacked(answer.body().toByteArray()))
                        : answer.body();
        assertThat(EchoResponse.parseFrom(bytes)).as(what).isEqualTo(Probe.echo(request));
    }

    private static byte[] body(SplittableRandom random, boolean gzip) {
        int most = random.nextInt(10) == 0 ? 70_000 : 3000;
        byte[] blob = new byte[random.nextInt(most)];
        random.nextBytes(blob);
        byte[] message =
                EchoRequest.newBuilder()
                        .setText("t".repeat(random.nextInt(300)))
                        .setBlob(ByteString.copyFrom(blob))
                        .build()
                        .toByteArray();
        byte[] spoilt = random.nextInt(3) == 0 ? RpcMutant.mutated(message, random) : message;
        byte[] packed = gzip ? Raw.gzip(spoilt) : spoilt;
        return random.nextInt(3) == 0 ? RpcMutant.mutated(packed, random) : packed;
    }

    private static @Nullable EchoRequest read(byte[] body, boolean gzip) {
        try {
            byte[] message = gzip && body.length > 0 ? unpacked(body) : body;
            return message.length > LIMIT || body.length > LIMIT
                    ? null
                    : EchoRequest.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            return null;
        } catch (IOException e) {
            return null; // no gzip
        }
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), 4096)) {
            return in.readNBytes(2 * LIMIT);
        }
    }
}
