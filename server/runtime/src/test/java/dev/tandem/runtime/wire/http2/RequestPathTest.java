package dev.tandem.runtime.wire.http2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /v1/a%2Fb;c+d:e?x=[1]&y=%zz | /v1/a%2Fb;c+d:e?x=[1]&y=%zz
                    *                           | *
                    /a%zz                       | /a%FFzz
                    /a%2                        | /a%FF2
                    /%                          | /%FF
                    /a b{c}?d e                 | /a%FFb%FFc%FF?d e
                    /\u00e9                          | /%FF
                    a b                         | a b
                    """)
    void whatIsNoUriBecomesWhatIsNoUtf8(String sent, String readable) {
        assertThat(RequestPath.readable(sent)).isEqualTo(readable);
    }
}
