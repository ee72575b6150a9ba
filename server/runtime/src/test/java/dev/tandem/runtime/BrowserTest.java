package dev.tandem.runtime;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.tandem.runtime.call.CancelCause;
import dev.tandem.runtime.wire.docs.Document;
import dev.tandem.testtools.Chromium;
import dev.tandem.testtools.WatchedPage;
import dev.tandem.transcoding.openapi.About;
import dev.tandem.transcoding.openapi.Page;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages in a real browser, under their own Content-Security-Policy. */
class BrowserTest extends RestTest {
    private static final long PATIENCE = 20;
    private static final String SAY = "EchoService-echoSay";

    /**
     * Events as the specification of server-sent events allows them and our wire never writes them.
     */
    private static final String DELTAS =
            ": a comment\r\n\r\n"
                    + "id: 1\r\nevent: x\r\ndata: {\"name\":\"n\",\"delta\":{\"role\":\"r\",\"text\":[\"Hel\"]}}\r\n\r\n"
                    + "data:{\"name\":\"n\",\"delta\":\ndata: {\"text\":[\"lo \u2603\"]}}\n\n"
                    + "data: [DONE]\r\r"
                    + "data: cut off";

    private static Chromium chromium;
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
        view = chromium.page("http://localhost:" + server.port());
    }

    @AfterEach
    void leave() {
        view.close();
    }

    @Override
    ServerBuilder configured(ServerBuilder builder) {
        Page.Answer events =
                new Page.Answer(
                        200,
                        "Additions.",
                        List.of("text/event-stream"),
                        JsonObject.EMPTY_JSON_OBJECT);
        return super.configured(builder)
                .about(new About("Echo", "1", "Says things back.", ""))
                .routes(
                        List.of(Page.get("/v1/deltas", "deltas", "A stream of additions", events)),
                        pages ->
                                Document.of(
                                                "text/event-stream",
                                                DELTAS.getBytes(StandardCharsets.UTF_8))
                                        .route(pages, "/v1/deltas"));
    }

    @Test
    void swaggerUiShowsTheServiceAndCallsNobodyElse() {
        view.open("/docs");

        assertThat(operation(SAY)).containsText("One answer");
        assertThat(view.page()).hasTitle("Echo");
        view.picture("docs");
        assertThat(view.troubles()).isEmpty();
    }

    @Test
    void theSlashAtTheEndMakesNoDifference() {
        for (String path : new String[] {"/docs/", "/redoc/", "/proto/"}) {
            view.open(path);
            assertThat(view.page())
                    .hasURL("http://localhost:" + server.port() + path.replaceAll("/$", ""));
        }
        assertThat(view.troubles()).isEmpty();
    }

    @Test
    void redocShowsTheServiceAndCallsNobodyElse() {
        view.open("/redoc");

        Locator title = view.page().getByRole(AriaRole.HEADING).getByText("One answer by GET");
        assertThat(title.first()).isVisible();
        view.picture("redoc");
        view.page().getByRole(AriaRole.TEXTBOX).first().fill("stream by");
        assertThat(view.page().locator("[data-role='search:results']"))
                .containsText("A stream by GET");
        assertThat(view.troubles()).isEmpty();
    }

    @Test
    void aRequestCanBeTried() {
        view.open("/docs");

        say("{\"text\": \"hello there\", \"count\": 7}");

        assertThat(view.page().locator(".live-responses-table"))
                .containsText("\"text\": \"hello there\"");
        assertThat(view.page().locator(".stream-view")).hasCount(0);
        assertThat(view.troubles()).isEmpty();
    }

    @Test
    void aStreamIsSeenAsItComes() throws InterruptedException {
        view.open("/docs");

        say("{\"text\": \"tick\", \"stream\": true, \"count\": 2, \"script\": \"then-pause\"}");

        assertThat(view.page().getByLabel("Messages"))
                .containsText("{\"text\":\"tick\",\"index\":1}");
        assertThat(echo.waiting.poll(PATIENCE, TimeUnit.SECONDS)).isNotNull();
        assertThat(view.page().locator(".live-responses-table")).hasCount(0);
        assertThat(view.page().getByRole(AriaRole.STATUS)).hasText("Messages are arriving");
        view.picture("stream");

        echo.goOn.countDown();

        assertThat(view.page().getByRole(AriaRole.STATUS)).hasText("The stream has ended");
        assertThat(view.page().locator(".live-responses-table")).containsText("data: [DONE]");
        assertThat(view.button("Stop")).hasCount(0);
        view.picture("stream-ended");
        assertThat(view.troubles()).isEmpty();
    }

    @Test
    void stopEndsTheCallAtTheServer() throws InterruptedException {
        view.open("/docs");
        say("{\"text\": \"tick\", \"stream\": true, \"count\": 1, \"script\": \"then-wait\"}");
        assertThat(view.page().getByLabel("Messages")).containsText("tick");

        view.button("Stop").focus();
        view.page().keyboard().press("Enter");

        assertThat(echo.ended.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo(CancelCause.CLIENT_LEFT);
        assertThat(view.page().getByRole(AriaRole.STATUS)).hasText("Stopped");
        assertThat(view.page().locator(".live-responses-table")).containsText("tick");
    }

    @Test
    void textsOfDeltasAreJoined() {
        view.open("/docs");

        tryOut("Server-deltas");

        assertThat(view.page().getByLabel("delta.text[0], joined")).hasText("Hello \u2603");
        assertThat(view.page().locator(".stream-text")).hasCount(1);
        assertThat(view.page().locator(".stream-view")).containsText("3 messages");
        view.button("Clear").click();
        assertThat(view.page().locator(".stream-view")).hasCount(0);
    }

    @Test
    void aFilledPathIsCalled() {
        view.open("/docs");
        open("EchoService-echoWatch");
        view.page().getByPlaceholder("topic").fill("news/\u2603");
        view.page().getByPlaceholder("count").fill("2");

        view.button("Execute").click();

        assertThat(view.page().getByLabel("Messages"))
                .containsText("{\"text\":\"news/\u2603\",\"index\":1}");
        assertThat(view.troubles()).isEmpty();
    }

    @Test
    void anErrorIsShownAsAnAnswer() {
        view.open("/docs");

        say("{\"text\": \"hi\", \"stream\": true, \"script\": \"refuse\"}");

        assertThat(view.page().locator(".live-responses-table")).containsText("model_not_found");
        assertThat(view.page().locator(".stream-view")).hasCount(0);
    }

    @Test
    void theListOfProtoFilesLeadsToThem() {
        view.open("/proto");

        assertThat(view.page()).hasTitle(".proto files");
        view.picture("proto");
        assertThat(view.troubles()).isEmpty();
        view.page().getByRole(AriaRole.LINK).getByText("tandem/options/v1/options.proto").click();

        assertThat(view.page().locator("body")).containsText("package tandem.options.v1;");
    }

    private void say(String json) {
        open(SAY);
        operation(SAY).getByRole(AriaRole.TEXTBOX).first().fill(json);
        view.button("Execute").click();
    }

    private void tryOut(String operation) {
        open(operation);
        view.button("Execute").click();
    }

    private void open(String operation) {
        operation(operation).locator(".opblock-summary-control").click();
        view.button("Try it out").click();
    }

    /** By its tag and id. */
    private Locator operation(String name) {
        return view.page().locator("#operations-" + name);
    }
}
