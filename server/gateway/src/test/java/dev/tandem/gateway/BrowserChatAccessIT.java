package dev.tandem.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ForcedColors;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Script;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The chat page by the keyboard, read aloud, and read while an answer comes. */
@DisabledOnOs(OS.WINDOWS)
class BrowserChatAccessIT extends ScriptedChat {
    @Test
    void everythingCanBeDoneByTheKeyboard() {
        Gate gate = new Gate();
        script = Script.saying("Once").pause(gate);
        assertThat(chat.field()).isFocused();
        chat.page().keyboard().type("Line one");
        chat.page().keyboard().press("Shift+Enter");
        chat.page().keyboard().type("line two");
        chat.page().keyboard().press("Enter");
        assertThat(chat.text()).hasText("Once");
        chat.page().keyboard().press("Escape");
        chat.settled();
        assertThat(engine.awaitRun().request().getMessages(0).getContent(0).getText())
                .isEqualTo("Line one\nline two");

        script = HELLO;
        chat.button("Ask again").focus();
        chat.page().keyboard().press("Enter");
        chat.settled();
        assertThat(chat.text()).hasText("Hello, you.");

        chat.button("Settings").focus();
        chat.page().keyboard().press("Enter");
        assertThat(chat.dialog("Settings")).isVisible();
        chat.page().keyboard().press("Escape");
        assertThat(chat.dialog("Settings")).isHidden();
        assertThat(chat.button("Settings")).isFocused();
    }

    /** Chinese, Japanese and Korean are written so: Enter takes a suggestion, Escape leaves it. */
    @Test
    void keysOfAnInputMethodAreNotThePages() {
        Gate gate = new Gate();
        script = Script.saying("Once").pause(gate).say(" upon");
        chat.ask("One");
        assertThat(chat.text()).hasText("Once");
        for (String key :
                List.of(
                        "{key: 'Escape', isComposing: true",
                        "{key: 'Escape', keyCode: 229",
                        "{key: 'Enter', isComposing: true",
                        "{key: 'Enter', keyCode: 229")) {
            boolean kept = press(key + ", bubbles: true, cancelable: true}");
            assertThat(kept).as(key).isTrue();
        }
        gate.open();
        chat.settled();
        assertThat(chat.text()).hasText("Once upon");

        chat.field().fill("に");
        boolean kept = press("{key: 'Enter', isComposing: true, bubbles: true, cancelable: true}");

        assertThat(kept).as("it is the input method's").isTrue();
        assertThat(chat.field()).hasValue("に");
        assertThat(chat.turns()).hasCount(1);
    }

    private boolean press(String init) {
        return (boolean)
                chat.field()
                        .evaluate(
                                "field => field.dispatchEvent(new KeyboardEvent('keydown', "
                                        + init
                                        + "))");
    }

    @Test
    void theFieldThatHasTheFocusIsSeenInColoursOfTheUsersOwn() {
        chat.page()
                .emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
        chat.field().focus();

        assertThat(
                        chat.page()
                                .locator("#composer")
                                .evaluate("each => getComputedStyle(each).outlineStyle"))
                .isEqualTo("solid");
    }

    /** What stands beside an open dialog is not read. */
    @Test
    void thatSomethingWasCopiedIsReadInTheDialog() {
        chat.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        chat.ask("Hi").settled();
        chat.button("Export").click();
        chat.dialog("Export").getByText("Copy", exactly()).click();

        assertThat(chat.dialog("Export").locator("[aria-live]")).hasText("Copied");
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    @Test
    void howAnAnswerEndedIsReadWithIt() {
        script = HELLO.finish(0, "length");
        chat.ask("Long").settled();

        assertThat(chat.page().locator("#announcements"))
                .hasText(Pattern.compile("^Hello, you.*limit of tokens\\.$", Pattern.DOTALL));
    }

    @Test
    void theFirstLinkLeadsPastTheBar() {
        chat.page().getByRole(AriaRole.HEADING).getByText("Tandem").click();
        chat.page().keyboard().press("Shift+Tab");
        assertThat(chat.page().getByText("To the message field")).isFocused();
        chat.page().keyboard().press("Enter");
        assertThat(chat.field()).isFocused();
    }

    @Test
    void whoReadsAboveIsNotPulledDown() {
        Gate gate = new Gate();
        script = Script.saying("line\n\n".repeat(80)).pause(gate).say("more\n\n".repeat(40));
        chat.ask("Long");
        assertThat(chat.text()).containsText("line");
        chat.page().waitForFunction("() => scrollY > 500");
        assertThat(chat.button("To the newest")).isHidden();
        chat.page().mouse().move(400, 300);
        chat.page().mouse().wheel(0, -900);
        assertThat(chat.button("To the newest")).isVisible();
        double before = ((Number) chat.page().evaluate("() => scrollY")).doubleValue();

        gate.open();
        chat.settled();

        assertThat(chat.text()).containsText("more");
        assertThat(((Number) chat.page().evaluate("() => scrollY")).doubleValue())
                .isEqualTo(before);
        chat.button("To the newest").click();
        assertThat(chat.button("To the newest")).isHidden();
    }

    @Test
    void aFinishedAnswerIsReadAloudOnceAndNotPieceByPiece() {
        Gate gate = new Gate();
        script = Script.saying("Piece").pause(gate).say(" by piece:\n\n```\ncode\n```\n");
        chat.ask("Hi");
        assertThat(chat.text()).hasText("Piece");
        assertThat(chat.page().locator("#announcements")).isEmpty();
        assertThat(chat.answer()).hasAttribute("aria-busy", "true");
        gate.open();
        assertThat(chat.page().locator("#announcements"))
                .hasText(Pattern.compile("^Piece by piece:\\s*code\\s*$"));
        assertThat(chat.answer()).not().hasAttribute("aria-busy", "true");
    }
}
