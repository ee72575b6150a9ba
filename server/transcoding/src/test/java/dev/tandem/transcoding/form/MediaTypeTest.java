package dev.tandem.transcoding.form;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json           | application/json",
                "Application/JSON           | application/json",
                "text/html; charset=utf-8   | text/html",
                "'multipart/form-data ;x=;' | multipart/form-data",
                "';q=1'                     | ''",
                "''                         | ''",
            })
    void theEssenceStandsBeforeTheParametersInLowerCase(String field, String essence) {
        assertThat(MediaType.essence(field)).isEqualTo(essence);
    }
}
