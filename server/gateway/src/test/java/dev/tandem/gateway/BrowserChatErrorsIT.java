package dev.tandem.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Route;
import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.auth.AuthReasons;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.testing.Script;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the chat page tells of errors, and what can be done about them there. */
@DisabledOnOs(OS.WINDOWS)
class BrowserChatErrorsIT extends ScriptedChat {
    @Test
    void whatTheServerFindsWrongIsShownByField() {
        chat.page()
                .evaluate(
                        "() => sessionStorage.setItem('tandem.settings', JSON.stringify({options: {max_tokens: '2000000000'}}))");
        script =
                Script.empty()
                        .fail(
                                ApiError.violations(
                                                List.of(
                                                        new ApiError.Violation(
                                                                "max_tokens",
                                                                "int32.lte",
                                                                "Must be at most 4096.")))
                                        .toException());
        chat.page().reload();
        chat.ask("Hi").settled();

        assertThat(chat.trouble()).containsText("max_tokens Must be at most 4096.");
        assertThat(chat.trouble()).containsText("validation_failed · HTTP 422 · req_");
        chat.picture("violation");
        chat.button("Change settings").click();
        assertThat(chat.dialog("Settings").getByText("Must be at most 4096.")).isVisible();
        assertThat(chat.page().getByLabel("Most tokens")).isFocused();
    }

    @Test
    void aServerThatIsBusyAsksForPatience() {
        script =
                Script.empty()
                        .fail(
                                ApiError.of(
                                                EngineReasons.MODEL_LOADING,
                                                "The model is being loaded.")
                                        .retryAfter(Duration.ofSeconds(5))
                                        .toException());
        chat.ask("Hi").settled();
        assertThat(chat.trouble()).containsText("The server asks for");
        assertThat(chat.page().locator("#alerts")).containsText("The model is being loaded.");
        assertThat(chat.trouble()).containsText("The model is being loaded");
        assertThat(chat.trouble()).containsText("Now is a good time.");

        script = HELLO;
        chat.button("Try again").click();
        chat.settled();

        assertThat(chat.text()).hasText("Hello, you.");
        assertThat(chat.turns()).hasCount(1);
        assertThat(chat.trouble()).hasCount(0);
    }

    @Test
    void anErrorInTheMiddleKeepsWhatCame() {
        script =
                Script.saying("Half an ")
                        .fail(
                                ApiError.of(
                                                EngineReasons.ENGINE_FAILED,
                                                "The model could not go on.")
                                        .toException());
        chat.ask("Hi").settled();

        assertThat(chat.text()).hasText("Half an");
        assertThat(chat.trouble()).containsText("The model could not go on.");
        assertThat(chat.button("Try again")).isVisible();
    }

    @Test
    void whoMayNotAskMayTakeAnotherKey() {
        script =
                Script.empty()
                        .fail(
                                ApiError.of(
                                                AuthReasons.INSUFFICIENT_SCOPE,
                                                "The key needs the scope inference.")
                                        .toException());
        chat.ask("Hi").settled();
        assertThat(chat.trouble()).containsText("This is not allowed");

        chat.button("Change settings").click();

        assertThat(chat.dialog("Settings").getByLabel("API key")).isVisible();
    }

    @Test
    void aKeyThatNoHeaderMayHaveIsNotAServerThatIsGone() {
        chat.button("Settings").click();
        chat.page().getByLabel("API key").fill("tdm_x\u200b");
        chat.button("Save").click();
        assertThat(chat.trouble()).containsText("The API key cannot be used");

        chat.trouble().getByLabel("API key").fill("tdm_x");
        chat.button("Use this key").click();

        assertThat(chat.trouble()).hasCount(0);
        assertThat(chat.field()).isFocused();
        assertThat(chat.page().locator("#about")).containsText("tiny answers.");
    }

    @Test
    void whoMayNotListTheModelsTalksWithTheFirst() {
        models(403, "{\"error\": {\"message\": \"No.\", \"code\": \"insufficient_scope\"}}");

        assertThat(chat.page().locator("#about")).containsText("may not list the others");
        assertThat(chat.trouble()).hasCount(0);
        chat.ask("Hi").settled();
        assertThat(chat.text()).hasText("Hello, you.");
    }

    @Test
    void aPageOfSomebodyElsesIsNoListOfModels() {
        models(200, "<html>Log in</html>");
        assertThat(chat.trouble()).containsText("none of this server's");

        chat.page().unroute("**/v1/models");
        chat.button("Try again").click();

        assertThat(chat.page().locator("#about")).containsText("tiny answers.");
        assertThat(chat.trouble()).hasCount(0);
        assertThat(chat.field()).isFocused();
    }

    /** Lets something else answer for the models, and opens the page anew. */
    private void models(int status, String body) {
        chat.page()
                .route(
                        "**/v1/models",
                        route ->
                                route.fulfill(
                                        new Route.FulfillOptions()
                                                .setStatus(status)
                                                .setBody(body)));
        chat.page().reload();
    }

    @Test
    void aServerThatIsGoneIsTold() {
        chat.page().context().setOffline(true);
        chat.ask("Hi").settled();
        assertThat(chat.trouble()).containsText("The server cannot be reached");
        chat.page().context().setOffline(false);

        chat.button("Try again").click();
        chat.settled();

        assertThat(chat.text()).hasText("Hello, you.");
    }
}
