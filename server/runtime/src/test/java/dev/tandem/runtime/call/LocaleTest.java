package dev.tandem.runtime.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The language for a caller (RFC 4647, section 3.4). */
class LocaleTest {
    private static final List<Locale> OFFERED =
            List.of(Locale.ENGLISH, Locale.GERMAN, Locale.of("fr", "CA"), Locale.of("zh", "TW"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    de                     | de
                    de-CH                  | de
                    DE-ch-1996             | de
                    fr                     | en
                    fr-CA                  | fr-CA
                    fr-ca-x-test           | fr-CA
                    it, de;q=0.5           | de
                    en;q=0.2, de;q=0.8     | de
                    de;q=0, en;q=0.1       | en
                    it, *                  | en
                    *, de                  | de
                    de;q=0                 | en
                    de;q=2                 | en
                    de_DE                  | en
                    ,,,                    | en
                    \u00fc                 | en
                    """)
    void theBestOneIsFound(String header, String found) {
        assertThat(head(List.of(header)).locale(OFFERED)).isEqualTo(Locale.forLanguageTag(found));
    }

    @Test
    void whoSaysNothingGetsTheFirst() {
        assertThat(head(List.of()).locale(OFFERED)).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(head(List.of("it", "de")).locale(OFFERED)).isEqualTo(Locale.GERMAN);
    }

    /** Java's own lookup takes minutes for the first of these, and seconds for the second. */
    @Test
    @Timeout(20)
    void whatNobodySpeaksCostsNothing() {
        String subtags = "a" + "-a".repeat(4000);
        String many =
                IntStream.range(0, 4000)
                        .mapToObj(i -> "x-" + Integer.toString(i, 36))
                        .collect(Collectors.joining(","));

        assertThat(head(List.of(subtags, "de")).locale(OFFERED)).isEqualTo(Locale.GERMAN);
        assertThat(head(List.of(many, "de")).locale(OFFERED)).isEqualTo(Locale.ENGLISH);
    }

    private static Head head(List<String> values) {
        return new Head(
                Head.Wire.GRPC,
                "POST",
                "/x",
                null,
                values.isEmpty() ? Map.of() : Map.of("accept-language", values),
                InetSocketAddress.createUnresolved("t", 1));
    }
}
