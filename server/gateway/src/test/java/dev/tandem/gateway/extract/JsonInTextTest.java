package dev.tandem.gateway.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonInTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | {}",
                "Here it is: {`a`:[1,{}]} and more {} | {`a`:[1,{}]}",
                "```json {`a`:`}`} ``` | {`a`:`}`}",
                "{`a`:`\\`}`,`b`:`\\\\`} x | {`a`:`\\`}`,`b`:`\\\\`}",
                "no object | ~~",
                "{`a`: | {`a`:"
            })
    void theFirstObjectIsFoundHoweverTheTextIsCut(String text, String object) {
        String said = text.replace('`', '"');
        for (int size = 1; size <= said.length(); size++) {
            JsonInText finder = new JsonInText();
            StringBuilder found = new StringBuilder();
            for (int i = 0; i < said.length(); i += size) {
                found.append(finder.take(said.substring(i, Math.min(said.length(), i + size))));
            }
            assertThat(found).hasToString(object.replace('`', '"'));
            assertThat(finder.complete()).isEqualTo(object.endsWith("}"));
        }
    }

    @Test
    void aListOutsideOfAnObjectIsNone() {
        assertThat(new JsonInText().take("[1, 2]")).isEmpty();
    }
}
