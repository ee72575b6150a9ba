package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import org.junit.jupiter.api.Test;

/** The gateway is ready while a model is; it is healthy in any case. */
class ReadinessTest {
    @Test
    void anEngineThatCannotAnswerTakesTheGatewayOutOfService() {
        try (Fixture gateway = new Fixture(Script.saying("hi"))) {
            assertThat(status(gateway, "/ready")).isEqualTo(200);

            gateway.engine.ready(false);

            assertThat(status(gateway, "/ready")).isEqualTo(503);
            assertThat(status(gateway, "/health")).isEqualTo(200);
        }
    }

    private static int status(Fixture gateway, String path) {
        return gateway.server.client().http(Wire.Version.HTTP_1_1, HttpRequest.get(path)).status();
    }
}
