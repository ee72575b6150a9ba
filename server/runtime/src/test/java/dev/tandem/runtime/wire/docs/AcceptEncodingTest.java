package dev.tandem.runtime.wire.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    gzip, deflate, br, zstd     | true
                    GZIP                        | true
                    x-gzip                      | true
                    gzip;q=0.001                | true
                    gzip ; Q=1.000              | true
                    *                           | true
                    *;q=0.5, identity;q=0.1     | true
                    br;q=1, gzip;q=0.2          | true
                    gzip;q=0.5, identity;q=0.5  | true
                    gzip;q=0                    | false
                    gzip;q=0.000                | false
                    gzip;q=0, *                 | false
                    *;q=0                       | false
                    identity                    | false
                    gzip;q=0.5, identity        | false
                    br                          | false
                    gzipped                     | false
                    gzip;q=high                 | false
                    gzip;q=2                    | false
                    ''                          | false
                    """)
    void weightsDecide(String header, boolean gzip) {
        assertThat(AcceptEncoding.prefersGzip(List.of(header))).isEqualTo(gzip);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(AcceptEncoding.prefersGzip(List.of("br", "gzip"))).isTrue();
        assertThat(AcceptEncoding.prefersGzip(List.of("gzip;q=0.1", "identity"))).isFalse();
        assertThat(AcceptEncoding.prefersGzip(List.of())).isFalse();
    }
}
