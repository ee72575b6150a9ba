package dev.tandem.structured.json;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private final JsonReader reader = new JsonReader(1000, 20);

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1", "[1, 2", "[1}", "\"a", "nul", "{\"a\" 1}", "1 2", ""})
    void whatIsNoJsonIsToldWithItsPlaceAndNothingOfTheParser(String text) {
        assertThatThrownBy(() -> reader.read(text))
                .isInstanceOf(BadJson.class)
                .message()
                .contains("line 1, column")
                .doesNotContain("Source", "REDACTED", "Feature");
    }
}
