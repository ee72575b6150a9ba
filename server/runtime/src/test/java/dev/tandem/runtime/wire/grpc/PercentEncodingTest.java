package dev.tandem.runtime.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentEncodingTest {
    @Test
    void leavesVisibleAsciiAsItIs() {
        assertThat(PercentEncoding.encode("a b~!\"", 100)).isEqualTo("a b~!\"");
    }

    @Test
    void encodesEverythingElse() {
        assertThat(PercentEncoding.encode("100%\r\n\u007f", 100)).isEqualTo("100%25%0D%0A%7F");
        assertThat(PercentEncoding.encode("ü☺😈", 100)).isEqualTo("%C3%BC%E2%98%BA%F0%9F%98%88");
    }

    @Test
    void aHalfOfASurrogatePairDoesNoHarm() {
        assertThat(PercentEncoding.encode("a\ud83d", 100)).isEqualTo("a%3F");
    }

    @Test
    void cutsBetweenCharacters() {
        assertThat(PercentEncoding.encode("aüü", 12)).isEqualTo("a%C3%BC");
        assertThat(PercentEncoding.encode("aüü", 13)).isEqualTo("a%C3%BC%C3%BC");
    }
}
