package dev.tandem.runtime;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Request;
import dev.tandem.runtime.auth.ApiKeys;
import dev.tandem.runtime.auth.Secret;
import dev.tandem.runtime.auth.TestSecrets;
import dev.tandem.testtools.Chromium;
import dev.tandem.testtools.WatchedPage;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /docs} of a server that asks for keys, as a person uses it in a browser. */
class BrowserKeysTest {
    private static final String WRITE = "GuardService-guardWrite";

    private static Chromium chromium;

    private final Secret reader = TestSecrets.key();
    private final Secret writer = TestSecrets.key();
    private Server server;
    private WatchedPage view;

    @BeforeAll
    static void launch() {
        chromium = new Chromium();
    }

    @AfterAll
    static void quit() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void visit() {
        server =
                Server.builder()
                        .service(Notes.guarded())
                        .authenticators(
                                List.of(
                                        ApiKeys.of(
                                                List.of(
                                                        TestSecrets.entry(
                                                                "reader", reader, "notes.read"),
                                                        TestSecrets.entry(
                                                                "writer",
                                                                writer,
                                                                "notes.read",
                                                                "notes.write")),
                                                InstantSource.system())))
                        .start();
        // as who typed it into the browser's own window
        view = chromium.page("http://localhost:" + server.port(), "me", reader.reveal());
    }

    @AfterEach
    void leave() {
        view.close();
        server.close();
    }

    @Test
    void whoOpensThePageByAPasswordCallsByIt() {
        view.open("/docs");

        say();

        assertThat(answer()).containsText("insufficient_scope");
        assertThat(view.troubles())
                .as("nothing but the refusal")
                .allMatch(trouble -> trouble.contains("403"));
    }

    @ParameterizedTest
    @CsvSource({"bearer, authorization, 'Bearer '", "basic, authorization, 'Basic '"})
    void aKeyThatIsEnteredOnThePageIsSent(String scheme, String header, String begin) {
        view.open("/docs");
        authorize(scheme, writer.reveal());

        Request sent = view.page().waitForRequest("**/v1/notes", this::say);

        assertThat(sent.allHeaders().get(header)).startsWith(begin);
        assertThat(answer()).containsText("\"text\": \"writer\"");
        assertThat(view.page().content())
                .as("the password's field is none of text")
                .doesNotContain(reader.reveal());
        assertThat(view.troubles()).isEmpty();
    }

    @Test
    void theBrowsersPasswordAndAnotherKeyContradictEachOther() {
        view.open("/docs");
        authorize("apiKey", writer.reveal());

        say();

        assertThat(answer()).containsText("ambiguous_credentials");
    }

    @Test
    void theSameKeyTwiceIsOne() {
        view.open("/docs");
        authorize("apiKey", reader.reveal());

        say();

        assertThat(answer()).containsText("insufficient_scope");
    }

    private void authorize(String scheme, String key) {
        view.page().locator(".auth-wrapper .authorize").first().click();
        Locator part =
                view.page()
                        .locator(".auth-container")
                        .filter(
                                new Locator.FilterOptions()
                                        .setHas(view.page().locator("h4 code").getByText(scheme)));
        if (scheme.equals("basic")) {
            part.locator("input[name='username']").fill("me");
            part.locator("input[name='password']").fill(key);
        } else {
            part.locator("input").first().fill(key);
        }
        part.locator("button.authorize").click();
        assertThat(part).containsText("Logout");
        view.page().locator(".close-modal").click();
    }

    private void say() {
        operation().locator(".opblock-summary-control").click();
        view.button("Try it out").click();
        operation().getByRole(com.microsoft.playwright.options.AriaRole.TEXTBOX).first().fill("{}");
        view.button("Execute").click();
    }

    private Locator answer() {
        return view.page().locator(".live-responses-table");
    }

    private Locator operation() {
        return view.page().locator("#operations-" + WRITE);
    }
}
