package dev.tandem.upstream.openai;

import static dev.tandem.upstream.openai.OneChat.DONE;
import static dev.tandem.upstream.openai.OneChat.chat;
import static dev.tandem.upstream.openai.OneChat.sent;
import static dev.tandem.upstream.openai.OneChat.streaming;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.runtime.auth.Secret;
import dev.tandem.testtools.RawServer;
import dev.tandem.upstream.ask.Passing;
import dev.tandem.upstream.openai.Asked.Outcome;
import dev.tandem.upstream.openai.OpenAiSettings.Dialect;
import dev.tandem.upstream.openai.OpenAiSettings.TokenLimitName;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.ImageUrl;
import dev.tandem.v1.Role;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server is sent for a chat, and what is refused before. */
@Timeout(30)
class OpenAiRequestsTest {
    private static void refuses(
            ChatRequest request, UnaryOperator<OpenAiSettings> change, String param)
            throws InterruptedException {
        RawServer server = streaming(DONE);
        Outcome outcome = chat(server, change, request);

        assertThat(outcome.failure().reason()).isEqualTo("unsupported_value");
        assertThat(outcome.failure().param()).isEqualTo(param);
        assertThat(server.peers()).isEmpty();
    }

    @Test
    void asksForEventsAndUsageWithTheServersNameOfTheModel() throws InterruptedException {
        RawServer server = streaming(DONE);
        chat(server, settings -> settings.key(Secret.of("sk-1")));

        var request = server.peers().getFirst().requests().getFirst();
        assertThat(request.head()).startsWith("POST /v1/chat/completions HTTP/1.1\r\n");
        assertThat(request.header("host")).isEqualTo("127.0.0.1:" + server.port());
        assertThat(request.header("authorization")).isEqualTo("Bearer sk-1");
        assertThat(request.header("content-type")).isEqualTo("application/json");
        assertThat(request.body())
                .isEqualTo(
                        "{\"model\":\"theirs\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello.\"}],"
                                + "\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
    }

    @Test
    void extrasGoOnWhereTheConfigurationNamesThemAndNeverOverAField() throws InterruptedException {
        UnaryOperator<OpenAiSettings> topK =
                s -> s.passing(new Passing(Set.of("top_k", "model"), Set.of(), Set.of(), Set.of()));
        ChatRequest request =
                Asked.hello().putExtra("top_k", "5").putExtra("model", "\"other\"").build();

        assertThat(sent(request, topK)).contains("\"top_k\":5").doesNotContain("other");
        refuses(Asked.hello().putExtra("min_p", "1").build(), topK, "min_p");
        refuses(Asked.hello().putExtra("top_k", "5").build(), OneChat::asItIs, "top_k");
        ChatRequest.Builder inMessage = Asked.hello();
        inMessage.getMessagesBuilder(0).putExtra("prefix", "true");
        refuses(inMessage.build(), OneChat::asItIs, "messages[0].prefix");
        ChatRequest.Builder inPart = Asked.hello();
        inPart.getMessagesBuilder(0).getContentBuilder(0).putExtra("cache_control", "{}");
        refuses(inPart.build(), OneChat::asItIs, "messages[0].content[0].cache_control");
        refuses(Asked.hello().putExtra("top_k", "5}, {").build(), topK, "extra");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a.png",
                "http://images.example.com/a.png",
                "https://images.example.com:8443/a.png",
                "https://images.example.com@169.254.169.254/a.png",
                "http://169.254.169.254/latest/meta-data",
                "file:///etc/passwd",
                "not an address"
            })
    void imagesFromElsewhereAreRefused(String url) throws InterruptedException {
        UnaryOperator<OpenAiSettings> one =
                s ->
                        s.passing(
                                new Passing(
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        Set.of("images.example.com")));

        refuses(withImage(url), one, "messages[0].content[0].image_url.url");
        refuses(withImage(url), OneChat::asItIs, "messages[0].content[0].image_url.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://Images.example.com/a.png", "data:image/png;base64,AAAA"})
    void imagesFromAllowedHostsAndDataGoOn(String url) throws InterruptedException {
        UnaryOperator<OpenAiSettings> one =
                s ->
                        s.passing(
                                new Passing(
                                        Set.of(),
                                        Set.of(),
                                        Set.of(),
                                        Set.of("images.example.com")));

        assertThat(sent(withImage(url), one)).contains(url);
    }

    private static ChatRequest withImage(String url) {
        return ChatRequest.newBuilder()
                .setModel("theirs")
                .addMessages(
                        ChatMessage.newBuilder()
                                .setRole(Role.ROLE_USER)
                                .addContent(
                                        ContentPart.newBuilder()
                                                .setImageUrl(ImageUrl.newBuilder().setUrl(url))))
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "AS_ASKED, max_completion_tokens",
        "MAX_TOKENS, max_tokens",
        "MAX_COMPLETION_TOKENS, max_completion_tokens"
    })
    void theTokenLimitHasTheNameThatTheServerKnows(TokenLimitName name, String field)
            throws InterruptedException {
        String body =
                sent(
                        Asked.hello().setMaxCompletionTokens(9).build(),
                        s -> s.dialect(new Dialect(true, false, name)));

        assertThat(body).contains("\"" + field + "\":9").doesNotContain("stream_options");
    }
}
