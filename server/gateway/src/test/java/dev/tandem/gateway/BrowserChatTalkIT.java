package dev.tandem.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Run;
import dev.tandem.testing.Script;
import dev.tandem.v1.ChatRequest;
import dev.tandem.v1.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Questions and answers on the chat page: as they come, stopped, changed and kept. */
@DisabledOnOs(OS.WINDOWS)
class BrowserChatTalkIT extends ScriptedChat {
    @Test
    void aQuestionIsAnsweredPieceByPiece() {
        Gate gate = new Gate();
        script = Script.saying("Hel").pause(gate).say("lo");
        assertThat(chat.page().locator("#about")).containsText("tiny answers.");

        chat.ask("Hi there");

        assertThat(chat.text()).hasText("Hel");
        assertThat(chat.button("Stop")).isVisible();
        gate.open();
        chat.settled();
        assertThat(chat.text()).hasText("Hello");
        assertThat(chat.answer()).containsText("3 tokens in, 2 out");
        assertThat(chat.field()).isFocused();
        assertThat(chat.field()).hasValue("");
        assertThat(chat.troubles()).isEmpty();
    }

    @Test
    void theConversationIsSentAlong() {
        chat.ask("One").settled();
        chat.ask("Two").settled();

        ChatRequest request = engine.awaitRun(1).request();
        assertThat(request.getMessagesList())
                .extracting(message -> message.getContent(0).getText())
                .containsExactly("One", "Hello, you.", "Two");
        assertThat(request.getMessages(1).getRole()).isEqualTo(Role.ROLE_ASSISTANT);
        assertThat(chat.turns()).hasCount(2);
    }

    @Test
    void stopEndsTheWorkOfTheServer() {
        script = Script.saying("Once upon").pause(new Gate());
        chat.ask("A story");
        assertThat(chat.text()).hasText("Once upon");

        chat.button("Stop").click();

        Run run = engine.awaitRun();
        assertThat(run.awaitEnd()).isEqualTo(Run.End.CANCELLED);
        assertThat(run.cancelled()).isEqualTo(CancelCause.CLIENT_LEFT);
        chat.settled();
        assertThat(chat.answer()).containsText("Stopped.");
        assertThat(chat.text()).hasText("Once upon");
        assertThat(chat.button("Send")).isFocused();
    }

    @Test
    void theLastMessageCanBeChanged() {
        chat.ask("Helo").settled();
        chat.button("Edit").click();
        assertThat(chat.field()).hasValue("Helo");
        assertThat(chat.page().getByText("You are changing your last message.")).isVisible();
        chat.ask("Hello").settled();

        assertThat(chat.turns()).hasCount(1);
        assertThat(engine.awaitRun(1).request().getMessagesList()).hasSize(1);
        chat.button("Edit").click();
        chat.page().keyboard().press("Escape");
        assertThat(chat.field()).hasValue("");
        assertThat(chat.turns()).hasCount(1);
    }

    @Test
    void whatWasBegunComesBackAfterAChangeThatIsLeft() {
        chat.ask("Helo").settled();
        chat.field().fill("A draft");
        chat.button("Edit").click();
        chat.field().fill("Hello");
        chat.button("Edit").click();
        assertThat(chat.field()).hasValue("Helo");

        chat.button("Leave it").click();

        assertThat(chat.field()).hasValue("A draft");
    }

    @Test
    void aNewConversationCanBeTakenBack() {
        chat.ask("One").settled();
        chat.button("New conversation").click();
        assertThat(chat.turns()).hasCount(0);
        assertThat(chat.page().getByText("What would you like to know?")).isVisible();
        chat.button("Undo").click();
        assertThat(chat.turns()).hasCount(1);
        assertThat(chat.text()).hasText("Hello, you.");
    }

    @Test
    void anAnswerThatWasCutSaysSo() {
        script = HELLO.finish(0, "length");
        chat.ask("Long").settled();

        assertThat(chat.answer()).containsText("it reached the limit of tokens");
    }

    @Test
    void theConversationStaysInItsTab() {
        chat.ask("Remember").settled();
        chat.page().reload();
        assertThat(chat.turns()).hasCount(1);
        assertThat(chat.text()).hasText("Hello, you.");
        assertThat(chat.page().evaluate("() => Object.keys(localStorage)")).isEqualTo(List.of());
        assertThat(chat.page().evaluate("() => document.cookie")).isEqualTo("");
    }

    @Test
    void aQuestionIsShownAsACommandAndTheConversationSaved() throws IOException {
        chat.ask("It's me").settled();
        chat.button("Export").click();
        assertThat(chat.dialog("Export")).containsText("curl -N 'http://localhost:");
        assertThat(chat.dialog("Export")).containsText("It'\\''s me");
        chat.picture("export");
        Download download =
                chat.page().waitForDownload(() -> chat.button("Download as JSON").click());
        assertThat(download.suggestedFilename()).isEqualTo("conversation.json");
        assertThat(Files.readString(download.path()))
                .contains("\"question\": \"It's me\"", "\"text\": \"Hello, you.\"");
    }

    /** As in {@code http://me:key@localhost/}, which logs in where keys are asked for. */
    @Test
    void userAndPasswordInTheAddressOfThePageGoNoFurther() {
        chat.page().navigate(chat.page().url().replace("//", "//me:tdm_secret@"));
        chat.ask("Hi").settled();
        assertThat(chat.text()).hasText("Hello, you.");

        chat.button("Export").click();

        assertThat(chat.dialog("Export")).containsText("curl -N 'http://localhost:");
        assertThat(chat.dialog("Export")).not().containsText("tdm_secret");
    }

    @Test
    void theRequestIsAStreamOfThisServer() {
        Request request =
                chat.page().waitForRequest("**/v1/chat/completions", () -> chat.ask("Hi"));
        chat.settled();
        assertThat(request.postData()).contains("\"stream\":true", "\"include_usage\":true");
        assertThat(request.allHeaders()).containsEntry("accept", "text/event-stream");
        assertThat(chat.page().getByRole(AriaRole.MAIN)).isVisible();
        assertThat(Map.copyOf(request.allHeaders())).doesNotContainKey("authorization");
    }
}
