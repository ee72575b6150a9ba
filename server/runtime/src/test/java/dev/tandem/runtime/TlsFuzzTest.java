package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.tls.TestKeys;
import dev.tandem.runtime.wire.connection.WireSettings;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * TLS whose records were cut, joined and spoilt on their way, and bytes that are none: the port
 * closes in bounded time, and what came unspoilt is served.
 *
 * <p>For longer: {@code -Dtandem.fuzz.seconds=300}.
 */
class TlsFuzzTest {
    private static final int AT_ONCE = 8;
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final SSLContext CLIENT = TestKeys.made().client(null);
    private static final Server SERVER = start();

    private static Server start() {
        WireSettings impatient =
                WireSettings.defaults()
                        .with(new WireSettings.Opening(Duration.ofSeconds(2), 0))
                        .with(new WireSettings.Http1(8192, 100, 32_768, SHORT, SHORT, SHORT))
                        .with(new WireSettings.Patience(SHORT, SHORT, LONG, 0));
        return Server.builder()
                .service(new Echo().service())
                .tls(TestKeys.made().server())
                .wire(impatient)
                .drainLimit(Duration.ZERO)
                .start();
    }

    @AfterContainer
    static void stop() {
        SERVER.close();
    }

    @Property(tries = 20)
    void endsOrServes(@ForAll long seed) throws Exception {
        check(seed);
        othersAreServed();
    }

    @Example
    void forAsLongAsIsAsked() throws Exception {
        Fuzzing.asLongAsIsAsked(AT_ONCE, TlsFuzzTest::check, TlsFuzzTest::othersAreServed);
    }

    private static void check(long seed) throws Exception {
        SpoiltTls talk = new SpoiltTls(CLIENT, SERVER.port(), seed);
        String answer = talk.answer();
        if (!answer.isEmpty()) {
            assertThat(answer).as("seed " + seed).startsWith("HTTP/1.1 ");
            assertThat(answer).as("seed " + seed).doesNotStartWith("HTTP/1.1 500");
        }
        // a machine that is too busy keeps no limit of time
        if (!talk.spoilt() && talk.millis() < SHORT.toMillis()) {
            assertThat(answer).as("seed " + seed).startsWith("HTTP/1.1 200 ");
        }
    }

    private static void othersAreServed() throws Exception {
        String answer = "";
        for (int i = 0; i < 5 && answer.isEmpty(); i++) {
            answer = new SpoiltTls(CLIENT, SERVER.port(), SpoiltTls.WHOLE).answer();
        }
        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }
}
