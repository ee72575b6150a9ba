package dev.tandem.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.gateway.config.AuthSettings;
import dev.tandem.gateway.model.Models;
import dev.tandem.gateway.model.ServedModel;
import dev.tandem.llamacpp.LlamaEngine;
import dev.tandem.runtime.Server;
import dev.tandem.runtime.auth.ApiKey;
import dev.tandem.runtime.auth.KeyEntry;
import dev.tandem.runtime.auth.KeyHash;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.policy.CorsSettings;
import dev.tandem.testtools.Chromium;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The chat page with the model that is built in, at a server that asks for keys. */
@DisabledOnOs(OS.WINDOWS)
class BrowserChatModelIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Secret old = ApiKey.create(RANDOM);
    private final Secret key = ApiKey.create(RANDOM);

    @Test
    void theModelAnswersWhoHasAKey() throws Exception {
        try (Chromium chromium = new Chromium();
                LlamaEngine engine = RealFiles.engine();
                Server server = server(engine);
                ChatOnPage chat =
                        new ChatOnPage(
                                chromium.page(
                                        "http://localhost:" + server.port(), "me", old.reveal()))) {
            assertThat(chat.page().locator("#about")).containsText("smol answers.");
            assertThat(chat.page().locator("#about")).containsText("1,024 tokens");
            chat.button("Settings").click();
            chat.page().getByLabel("Temperature").fill("0");
            chat.page().getByLabel("API key").fill(key.reveal());
            chat.button("Save").click();

            chat.ask("Name the capital of France.").settled();

            assertThat(chat.text()).containsText("Paris");
            assertThat(chat.answer()).containsText(Pattern.compile("\\d+ tokens in, \\d+ out"));
            // long enough to be measured: of a short one the page tells no speed
            chat.ask("List the twelve months of the year.").settled();
            assertThat(chat.answer())
                    .containsText(Pattern.compile("\\d+ out · \\d+\\.\\d tokens/s"));
            chat.desktop().picture("model");
            assertThat(chat.troubles()).isEmpty();
            stop(chat);
            refused(chat);
        }
    }

    private static void stop(ChatOnPage chat) {
        chat.ask("Tell a very long story about a king and his castle.");
        assertThat(chat.text()).not().isEmpty();
        chat.button("Stop").click();
        chat.settled();
        assertThat(chat.answer()).containsText("Stopped.");
    }

    private void refused(ChatOnPage chat) {
        chat.button("Settings").click();
        chat.page().getByLabel("API key").fill("tdm_wrong");
        chat.button("Save").click();
        assertThat(chat.trouble()).containsText("The server asks who you are");
        chat.picture("key");
        chat.trouble().getByLabel("API key").fill(key.reveal());
        chat.button("Use this key").click();
        assertThat(chat.trouble()).hasCount(0);
        chat.ask("Say hello.").settled();
        assertThat(chat.text()).not().isEmpty();
    }

    private Server server(LlamaEngine engine) {
        AuthSettings auth =
                new AuthSettings(
                        false,
                        List.of(entry("old", old), entry("new", key)),
                        Optional.empty(),
                        Optional.empty(),
                        CorsSettings.NONE);
        Models models =
                new Models(
                        List.of(new ServedModel("smol", engine, "smol", Instant.EPOCH)),
                        Map.of("default", "smol"));
        return new Gateway(GatewaySettings.ofLoopback().with(auth), models, (call, took) -> {})
                .start();
    }

    private static KeyEntry entry(String name, Secret secret) {
        return new KeyEntry(
                name,
                KeyHash.of(secret),
                Set.of("inference", "models.read"),
                Map.of(),
                Instant.EPOCH,
                null,
                null);
    }
}
