package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.RawAnswer.Version;
import dev.tandem.runtime.wire.grpc.Probe;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Spoilt messages of gRPC, gRPC-Web and Connect's streams, over every HTTP that they have: the
 * handler sees what {@link RpcReference} reads in the same bytes, and each answer is a whole one of
 * its protocol.
 *
 * <p>For longer: {@code -Dtandem.fuzz.seconds=300}.
 */
class RpcFuzzTest {
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
    void readsWhatTheReferenceReads(@ForAll long seed) throws IOException {
        check(seed);
    }

    @Example
    void forAsLongAsIsAsked() throws Exception {
        Fuzzing.asLongAsIsAsked(AT_ONCE, RpcFuzzTest::check, () -> {});
    }

    private static void check(long seed) throws IOException {
        RpcMutant request = RpcMutant.of(seed);
        Version version =
                (seed & 1) == 0 && request.kind() != RpcMutant.Kind.GRPC
                        ? Version.HTTP_1_1
                        : Version.HTTP_2;
        RawAnswer answer =
                RawAnswer.to(
                        version,
                        SERVER.port(),
                        "POST",
                        "/tandem.test.v1.ProbeService/Chat",
                        request.body(),
                        "content-type",
                        request.kind().contentType,
                        request.kind().encoding,
                        request.gzip() ? "gzip" : "identity",
                        request.kind().accept,
                        request.takesGzip() ? "gzip" : "identity");
        String what = "seed " + seed + " " + version + " " + request.kind() + " " + answer;
        assertThat(answer.status()).as(what).isEqualTo(200);
        RpcReference expected = RpcReference.of(request, LIMIT);
        RpcReference told;
        try {
            told = RpcReference.ofAnswer(request.kind(), answer);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new AssertionError(what, e);
        }
        assertThat(told.good()).as(what).isEqualTo(expected.good());
        if (expected.runs()) {
            assertThat(told.texts()).as(what).isEqualTo(expected.texts());
        } else {
            int most = Math.min(told.texts().size(), expected.texts().size());
            assertThat(told.texts()).as(what).isEqualTo(expected.texts().subList(0, most));
        }
    }
}
