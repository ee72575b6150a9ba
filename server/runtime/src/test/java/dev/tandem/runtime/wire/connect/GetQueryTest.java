package dev.tandem.runtime.wire.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GetQueryTest {
    @ParameterizedTest
    @CsvSource({
        "/a.B/C?connect=v1, true",
        "/a.B/C?encoding=json&connect=v1&message=, true",
        "/a.B/C?connect=v11, false",
        "/a.B/C?xconnect=v1, false",
        "/a.B/connect=v1, false",
        "/a.B/C, false"
    })
    void knowsItsOwn(String target, boolean connect) {
        assertThat(GetQuery.isConnect(target)).isEqualTo(connect);
    }

    @Test
    void takesAnyBytesPercentEncoded() {
        GetQuery query = GetQuery.of("/a.B/C?encoding=proto&message=%00%fF+a%2B");
        assertThat(query.text("encoding")).isEqualTo("proto");
        assertThat(query.text("compression")).isEmpty();
        assertThat(query.message()).containsExactly(0, 0xFF, ' ', 'a', '+');
    }

    @ParameterizedTest
    @ValueSource(strings = {"_-8", "_-8=", "_-8%3D", "%2F%2B8", "/%2b8="})
    void takesBase64OfEitherAlphabetPaddedOrNot(String message) {
        assertThat(GetQuery.of("/a.B/C?base64=1&message=" + message).message())
                .containsExactly(0xFF, 0xEF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?", "?encoding=json", "?base64=1&message=*", "?base64=1&message=A"})
    void refusesAMissingOrMalformedMessage(String query) {
        assertThatThrownBy(() -> GetQuery.of("/a.B/C" + query).message())
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("invalid_query");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?message=%", "?message=%4", "?message=%zz", "?%zz=1", "?message=%-1"})
    void refusesWhatIsNotPercentEncoded(String query) {
        assertThatThrownBy(() -> GetQuery.of("/a.B/C" + query))
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("invalid_query");
    }
}
