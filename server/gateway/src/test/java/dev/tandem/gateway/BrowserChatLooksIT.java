package dev.tandem.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.testing.Gate;
import dev.tandem.testing.Script;
import dev.tandem.testing.ScriptedEngine;
import dev.tandem.testtools.Chromium;
import dev.tandem.testtools.Installs;
import dev.tandem.testtools.WatchedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How the chat page looks, on desks and phones, light and dark: axe-core finds nothing to blame,
 * and nothing stands out of the window. The pictures are in {@code target/pictures}.
 */
@DisabledOnOs(OS.WINDOWS)
@TestInstance(Lifecycle.PER_CLASS)
class BrowserChatLooksIT {
    private static final String[] ANSWER = {
        "# Sorting\n\nThere are **two** ways, see [the manual](https://example.com/manual):\n\n",
        "1. in place, with `Arrays.sort`,\n2. as a copy:\n   - stable\n   - slower\n\n",
        "```java\nint[] sorted = Arrays.stream(numbers).sorted().toArray(); // a line that is longer than the window of a phone\n```\n\n",
        "| way | memory | stable |\n|---|--:|---|\n| in place | 0 | no |\n| copy | n | yes |\n\n",
        "> Measure before you choose.\n"
    };

    private volatile Script script = Script.saying(ANSWER);
    private final ScriptedEngine engine = new ScriptedEngine(request -> script);
    private Fixture gateway;
    private Chromium chromium;
    private String axe;

    @BeforeAll
    void launch() throws IOException {
        axe =
                Files.readString(
                        Installs.npm(Path.of("src", "test", "chat"))
                                .resolve("node_modules/axe-core/axe.min.js"));
        gateway =
                new Fixture(
                        engine, GatewaySettings.ofLoopback().with(Stopping.within(Duration.ZERO)));
        chromium = new Chromium();
    }

    @AfterAll
    void quit() {
        if (chromium != null) {
            chromium.close();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"desktop, light", "desktop, dark", "phone, light", "phone, dark"})
    void allStatesOfThePage(String window, String colours) {
        try (ChatOnPage chat = open()) {
            var _ = window.equals("phone") ? chat.phone() : chat.desktop();
            var _ = colours.equals("dark") ? chat.dark() : chat.light();
            String name = window + "-" + colours;
            assertThat(chat.page().locator("#about")).containsText("tiny");
            good(chat, name + "-1-begin");
            answers(chat, name);
            dialogs(chat, name);
        }
    }

    private void answers(ChatOnPage chat, String name) {
        script = Script.saying(ANSWER);
        chat.ask("How do I sort numbers in Java?\nBriefly, please.").settled();
        chat.page().mouse().move(0, 0);
        good(chat, name + "-2-answer");
        chat.page().evaluate("() => scrollTo(0, 0)");
        good(chat, name + "-3-above");

        Gate gate = new Gate();
        script = Script.saying("Well, ", "that").pause(gate);
        chat.ask("And strings?");
        assertThat(chat.text()).hasText("Well, that");
        good(chat, name + "-4-comes");
        gate.open();
        chat.settled();

        ApiError loading =
                ApiError.of(
                                EngineReasons.MODEL_LOADING,
                                "The model is being loaded; try again soon.")
                        .retryAfter(Duration.ofSeconds(30));
        script = Script.empty().fail(loading.toException());
        chat.ask("And people?").settled();
        assertThat(chat.trouble()).isVisible();
        good(chat, name + "-5-error");
    }

    private static void dialogs(ChatOnPage chat, String name) {
        chat.button("Settings").click();
        chat.page().getByLabel("Temperature").fill("7");
        chat.button("Save").click();
        good(chat, name + "-6-settings");
        chat.button("Cancel").click();
        chat.button("Export").click();
        good(chat, name + "-7-export");
        chat.button("Close").click();
    }

    private ChatOnPage open() {
        WatchedPage page = chromium.page("http://localhost:" + gateway.server.server().port());
        page.page().addInitScript(axe); // the page's own policy would not let it in
        return new ChatOnPage(page);
    }

    /** Zoomed to 400 %, a window of 1280 x 1024 has this many pixels of CSS. */
    @ParameterizedTest
    @CsvSource({"320, 256", "256, 400", "640, 360"})
    void muchEnlarged(int width, int height) {
        try (ChatOnPage chat = open()) {
            chat.page().setViewportSize(width, height);
            script = Script.saying(ANSWER);
            chat.ask("How do I sort numbers in Java?").settled();

            good(chat, "enlarged-" + width);
        }
    }

    @Test
    void whatIsWrongWouldBeBlamed() {
        try (ChatOnPage chat = open()) {
            chat.page()
                    .evaluate(
                            "() => document.getElementById('send').removeAttribute('aria-label')");

            assertThat(blamed(chat)).hasSize(1);
            assertThat(blamed(chat).getFirst().toString()).startsWith("button-name: ");
        }
    }

    private static void good(ChatOnPage chat, String name) {
        chat.picture(name);
        assertThat(chat.isTooWide()).as(name).isFalse();
        assertThat(blamed(chat)).as(name).isEmpty();
    }

    /** What axe-core finds: the rule, and the elements that break it. */
    private static List<?> blamed(ChatOnPage chat) {
        return (List<?>)
                chat.page()
                        .evaluate(
                                "async () => { const { violations } = await axe.run();"
                                        + " return violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | ')); }");
    }
}
