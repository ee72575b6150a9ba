package dev.tandem.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Settings, the appearance and the models of the chat page. */
@DisabledOnOs(OS.WINDOWS)
class BrowserChatSettingsIT extends ScriptedChat {
    @Test
    void settingsAreCheckedAndSent() {
        chat.button("Settings").click();
        chat.page().getByLabel("Temperature").fill("3");
        chat.page().getByLabel("Seed").fill("x");
        chat.button("Save").click();
        assertThat(chat.page().getByText("Must be from 0 to 2.")).isVisible();
        assertThat(chat.page().getByText("Must be a whole number.")).isVisible();
        assertThat(chat.page().getByLabel("Temperature")).isFocused();
        chat.picture("settings-wrong");
        chat.page().getByLabel("Temperature").fill("0.5");
        chat.page().getByLabel("Seed").fill("7");
        chat.page().getByLabel("Most tokens").fill("50");
        chat.page().getByLabel("System prompt").fill("Be brief.");
        chat.button("Save").click();
        assertThat(chat.dialog("Settings")).isHidden();

        chat.ask("Hi").settled();

        ChatRequest request = engine.awaitRun().request();
        assertThat(request.getTemperature()).isEqualTo(0.5);
        assertThat(request.getSeed()).isEqualTo(7);
        assertThat(request.getMaxTokens()).isEqualTo(50);
        assertThat(request.hasTopP()).isFalse();
        assertThat(request.getMessages(0).getRole()).isEqualTo(Role.ROLE_SYSTEM);
        assertThat(request.getMessages(0).getContent(0).getText()).isEqualTo("Be brief.");
    }

    @Test
    void theAppearanceIsChosenAndKept() {
        chat.light();
        chat.button("Settings").click();
        chat.page().getByLabel("Dark").check();
        assertThat(ground()).isEqualTo("rgb(23, 24, 28)");
        chat.page().reload();
        assertThat(ground()).isEqualTo("rgb(23, 24, 28)");
        assertThat(chat.page().evaluate("() => localStorage.getItem('tandem.theme')"))
                .isEqualTo("dark");
        chat.button("Settings").click();
        chat.page().getByLabel("As the system").check();
        assertThat(ground()).isEqualTo("rgb(255, 255, 255)");
    }

    private Object ground() {
        return chat.page().evaluate("() => getComputedStyle(document.body).backgroundColor");
    }

    @Test
    void aModelThatCannotTalkIsNotOffered() {
        engine.capabilities(java.util.Set.of(dev.tandem.v1.Capability.CAPABILITY_EMBEDDING));
        try {
            chat.page().reload();
            assertThat(chat.page().getByText("This server has no model that can talk."))
                    .isVisible();
        } finally {
            engine.capabilities(java.util.EnumSet.of(dev.tandem.v1.Capability.CAPABILITY_CHAT));
        }
    }
}
