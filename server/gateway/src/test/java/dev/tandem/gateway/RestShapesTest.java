package dev.tandem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.HttpReply;
import dev.tandem.testing.HttpRequest;
import dev.tandem.testing.Script;
import dev.tandem.testing.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What JSON clients may write, in each of its forms. */
class RestShapesTest {
    private static Fixture gateway;

    @BeforeAll
    static void start() {
        gateway = new Fixture(Script.saying("!"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static HttpReply post(String path, String json) {
        return gateway.server
                .client()
                .http(Wire.Version.HTTP_1_1, HttpRequest.post(path, json.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "'Hi'; 1",
                "['Hi']; 1",
                "['Hi', 'Ho']; 2",
                "[72, 105]; 1",
                "[[72, 105]]; 1",
                "[[72], [105, 33], [34]]; 3",
                "[[72], 'Ho']; 2"
            })
    void aPromptAndAnInputAreOneOrSeveralTextsOrTokenLists(String json, int count) {
        HttpReply completion = post("/v1/completions", "{'model': 'tiny', 'prompt': " + json + "}");
        HttpReply embedding = post("/v1/embeddings", "{'model': 'tiny', 'input': " + json + "}");

        assertThat(completion.status()).as(completion.body()).isEqualTo(200);
        assertThat(completion.body().split("\"text\":\"!\"", -1)).hasSize(count + 1);
        assertThat(embedding.status()).as(embedding.body()).isEqualTo(200);
        assertThat(embedding.body().split("\"object\":\"embedding\"", -1)).hasSize(count + 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {"[]", "[[]]", "7", "{}", "null", "[-1]", "[1.5]", "[4294967296]", "[1, 'a']"})
    void whatIsNeitherIsRefused(String json) {
        HttpReply completion = post("/v1/completions", "{'model': 'tiny', 'prompt': " + json + "}");

        assertThat(completion.status()).as(completion.body()).isEqualTo(422);
        assertThat(String.valueOf(completion.failure())).contains("prompt");
    }

    @Test
    void aMessageWithoutRoleIsToldSoInWords() {
        HttpReply reply =
                post("/v1/chat/completions", "{'model': 'tiny', 'messages': [{'content': 'hi'}]}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.body())
                .contains("messages[0].role: ")
                .contains("required")
                .doesNotContain("[0]'")
                .doesNotContain("list");
    }

    @Test
    void base64IsAString() {
        HttpReply reply =
                post(
                        "/v1/embeddings",
                        "{'model': 'tiny', 'input': 'a', 'encoding_format': 'base64', 'dimensions': 1}");

        assertThat(reply.body())
                .contains("\"embedding\":\"AACAPw==\"")
                .contains("\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}");
    }

    @Test
    void aDocumentIsATextOrAnObject() {
        HttpReply reply =
                post(
                        "/v1/rerank",
                        "{'model': 'tiny', 'query': 'a b', 'documents': ['c', {'text': 'a'}]}");

        assertThat(reply.body())
                .contains(
                        "\"results\":[{\"index\":1,\"relevance_score\":0.5,\"document\":{\"text\":\"a\"}}");
    }
}
