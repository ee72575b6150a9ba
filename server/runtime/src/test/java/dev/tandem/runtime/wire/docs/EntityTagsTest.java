package dev.tandem.runtime.wire.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagsTest {
    private static final String TAG = "\"ab,c\"";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    "ab,c"             | true
                    W/"ab,c"           | true
                    *                  | true
                    "x", "ab,c"        | true
                    "x",W/"y","ab,c"   | true
                    "" , "ab,c"        | true
                    "x"                | false
                    "x", "y"           | false
                    ab,c               | false
                    "AB,C"             | false
                    "*"                | false
                    ''                 | false
                    """)
    void anyTagOfTheListIsComparedWeakly(String header, boolean matches) {
        assertThat(EntityTags.match(List.of(header), TAG)).isEqualTo(matches);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(EntityTags.match(List.of("\"x\"", TAG), TAG)).isTrue();
        assertThat(EntityTags.match(List.of(), TAG)).isFalse();
    }
}
