package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The services in a server of Helidon's that somebody else starts. */
class InstalledTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bothVersionsOfHttpAreServedWhateverElseWasConfigured(boolean helidonsOwnToo)
            throws Exception {
        WebServerConfig.Builder web = WebServer.builder().host("127.0.0.1").port(0);
        if (helidonsOwnToo) {
            web.addProtocol(Http1Config.create()).addProtocol(Http2Config.create());
        }
        try (AutoCloseable _ = Server.builder().service(new Echo().service()).installOn(web)) {
            WebServer server = web.build().start();
            try (RawHttp http1 = new RawHttp(server.port());
                    RawHttp2 http2 = new RawHttp2(server.port())) {
                http1.send("GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(http1.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");

                http2.request("GET", "/ready", "");
                assertThat(http2.readAll()).contains("\"ok\"");
            } finally {
                server.stop();
            }
        }
    }
}
