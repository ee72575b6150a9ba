package dev.tandem.upstream.openai;

import static dev.tandem.upstream.openai.OneChat.answering;
import static dev.tandem.upstream.openai.OneChat.chat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.auth.Secret;
import dev.tandem.upstream.openai.Asked.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of errors that the server tells. */
@Timeout(30)
class OpenAiErrorsTest {
    @Test
    void aWholeAnswerWithoutChoicesIsAnError() throws InterruptedException {
        assertThat(chat(answering("200 OK", "{\"choices\":[]}"), OneChat::whole).failure().reason())
                .isEqualTo("upstream_error");
    }

    @Test
    void anErrorWithStatus200IsAnError() throws InterruptedException {
        Outcome outcome =
                chat(
                        answering("200 OK", "{\"error\":{\"message\":\"no\",\"code\":503}}"),
                        OneChat::whole);

        assertThat(outcome.failure().reason()).isEqualTo("upstream_unavailable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"error\":{\"message\":\"Bad n.\",\"param\":\"n\"}} | unsupported_value | n | Bad n.",
                "422 | {\"detail\":[{\"loc\":[\"body\",\"messages\",0,\"role\"],\"msg\":\"Bad role.\"}]} |"
                        + " unsupported_value | messages[0].role | Bad role.",
                "400 | {\"error\":{\"message\":\"This model's maximum context length is 8 tokens.\"}} |"
                        + " context_length_exceeded | | maximum context length is 8",
                "400 | {\"error\":{\"message\":\"Long.\",\"code\":\"context_length_exceeded\",\"param\":\"messages\"}} |"
                        + " context_length_exceeded | messages | Long.",
                "400 | {\"error\":{\"code\":400,\"message\":\"too long\",\"type\":\"exceed_context_size_error\"}} |"
                        + " context_length_exceeded | | too long",
                "413 | {} | request_too_large | | too large",
                "401 | {\"error\":{\"message\":\"Wrong key sk-1\"}} | upstream_misconfigured | | operator",
                "403 | {} | upstream_misconfigured | | operator",
                "404 | {\"error\":{\"code\":\"model_not_found\"}} | upstream_misconfigured | | operator",
                "429 | {\"error\":{\"code\":\"insufficient_quota\"}} | upstream_misconfigured | | operator",
                "408 | {} | upstream_timeout | | slow",
                "503 | {\"error\":\"busy\"} | upstream_unavailable | | again later",
                "529 | {} | upstream_unavailable | | again later",
                "504 | {} | upstream_timeout | | slow",
                "418 | I am a teapot | unsupported_value | | does not take"
            })
    void everyStatusHasItsReason(int status, String body, String reason, String param, String words)
            throws InterruptedException {
        Outcome outcome =
                chat(
                        answering(status + " Whatever", body),
                        settings -> settings.key(Secret.of("sk-1")));

        assertThat(outcome.failure().reason()).isEqualTo(reason);
        assertThat(outcome.failure().param()).isEqualTo(param);
        assertThat(outcome.failure().message()).contains(words).doesNotContain("sk-1");
    }

    @Test
    void noMessageHasTheKeyThoughTheServerTellsIt() throws InterruptedException {
        Outcome outcome =
                chat(
                        answering("400 Bad", "{\"error\":{\"message\":\"You said sk-1\\u0007.\"}}"),
                        settings -> settings.key(Secret.of("sk-1")));

        assertThat(outcome.failure().message()).isEqualTo("You said *** .");
        assertThat(OpenAiSettings.of(java.net.URI.create("http://x")).key(Secret.of("sk-1")))
                .asString()
                .doesNotContain("sk-1");
    }
}
