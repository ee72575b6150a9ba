package dev.tandem.gateway;

import static dev.tandem.gateway.Extracting.extract;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.call.ApiError.Violation;
import dev.tandem.testing.Failure;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import dev.tandem.v1.Extraction;
import org.junit.jupiter.api.Test;

/** Objects whose form is a message of the contract. */
class ExtractMessagesTest {
    @Test
    void aMessageIsFoundByItsNameAndComesAsOne() throws Exception {
        String json =
                "{\"model\":\"m\",\"query\":\"q\",\"documents\":[{\"text\":\"d\"}],\"top_n\":3}";
        try (Fixture gateway = Extracting.with(Script.saying(json))) {
            Extraction found =
                    extract(
                                    gateway,
                                    Wire.REST,
                                    Extracting.person()
                                            .setMessageType("tandem.v1.RerankRequest")
                                            .setBinary(true))
                            .message();

            assertThat(found.getValue()).isEqualTo(json);
            var typed = dev.tandem.v1.RerankRequest.parseFrom(found.getMessage());
            assertThat(typed.getTopN()).isEqualTo(3);
            assertThat(typed.getDocuments(0).getText()).isEqualTo("d");
        }
    }

    @Test
    void whatTheMessageDoesNotAllowIsInvalid() {
        String json = "{\"model\":\"m\",\"query\":\"q\",\"documents\":[],\"top_n\":0}";
        try (Fixture gateway = Extracting.with(Script.saying(json))) {
            Failure failure =
                    extract(
                                    gateway,
                                    Wire.REST,
                                    Extracting.person().setMessageType("tandem.v1.RerankRequest"))
                            .error();

            assertThat(failure.violations())
                    .extracting(Violation::field)
                    .contains("value#/documents", "value#/top_n");
        }
    }
}
