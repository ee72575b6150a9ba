package dev.tandem.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.auth.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TandemSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "worker:8080",
                "grpc://worker",
                "https:///",
                "https://me@worker",
                "https://worker/v1",
                "https://worker?a=b",
                "https://worker#a",
                "https://worker:0",
                "https://worker:65536"
            })
    void anAddressThatCannotBeAskedIsRefused(String address) {
        assertThatThrownBy(() -> TandemSettings.of(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the address");
    }

    @Test
    void thePortIsThatOfTheSchemeUnlessTold() {
        assertThat(TandemSettings.of(URI.create("https://worker")).place()).isEqualTo("worker:443");
        assertThat(TandemSettings.of(URI.create("http://worker/")).place()).isEqualTo("worker:80");
        assertThat(TandemSettings.of(URI.create("http://[::1]:7")).place()).isEqualTo("[::1]:7");
    }

    @Test
    void withoutTlsThereIsNothingToTrust() {
        TandemSettings plain = TandemSettings.of(URI.create("http://worker"));

        assertThatThrownBy(() -> plain.tls(TandemSettings.Tls.trusting(Path.of("ca.pem"))))
                .hasMessageContaining("https://");
        assertThatThrownBy(() -> new TandemSettings.Tls(null, Path.of("a"), null))
                .hasMessageContaining("go together");
    }

    @Test
    void rangesAreKept() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new TandemSettings.Limits(Duration.ZERO, second, second, 1 << 20))
                .hasMessage("connect must be 1 ms to 300000 ms");
        assertThatThrownBy(() -> new TandemSettings.Limits(second, second, second, 1))
                .hasMessage("answer must be 1 KiB to 1 GiB");
        assertThatThrownBy(() -> new TandemSettings.Keepalive(second, second))
                .hasMessage("after must be 10000 ms to 86400000 ms");
    }

    @Test
    void theTextShowsNoKey() {
        assertThat(TandemSettings.of(URI.create("http://worker")).key(Secret.of("tdm_x")))
                .asString()
                .doesNotContain("tdm_x");
    }
}
