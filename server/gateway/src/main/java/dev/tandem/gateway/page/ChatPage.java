package dev.tandem.gateway.page;

import dev.tandem.runtime.WebPage;
import dev.tandem.transcoding.openapi.Page;
import dev.tandem.transcoding.openapi.Page.Answer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** {@code /}, a page that talks with the models over REST, and its files below {@code /chat}. */
public final class ChatPage {
    private static final String FILES = "/chat/";

    /**
     * Nothing from elsewhere, and no text of a model ever becomes code: not even the page's own
     * scripts can make HTML of a text (Trusted Types).
     */
    private static final String POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
                    + "; script-src 'self'; style-src 'self'; connect-src 'self'"
                    + "; img-src 'self'"
                    + "; require-trusted-types-for 'script'; trusted-types 'none'";

    private static final List<String> OWN =
            List.of(
                    "address.mjs",
                    "announcer.mjs",
                    "answer.mjs",
                    "api.mjs",
                    "chat.css",
                    "chat.mjs",
                    "composer.mjs",
                    "conversation.mjs",
                    "copying.mjs",
                    "dialogs.css",
                    "dom.mjs",
                    "events.mjs",
                    "export.mjs",
                    "failures.mjs",
                    "icon.svg",
                    "links.mjs",
                    "markdown.mjs",
                    "messages.css",
                    "models.mjs",
                    "options.mjs",
                    "painter.mjs",
                    "request.mjs",
                    "room.mjs",
                    "scrolling.mjs",
                    "settings.mjs",
                    "theme.js",
                    "tokens.mjs",
                    "trouble.mjs",
                    "turns.mjs");

    private ChatPage() {}

    /** The page and its files. */
    public static WebPage files() {
        WebPage page =
                WebPage.at("/", POLICY, () -> own("page.html"))
                        .libraryFile(
                                FILES + "markdown-it.js",
                                "org.webjars.npm:markdown-it",
                                "dist/markdown-it.min.js");
        for (String name : OWN) {
            page = page.file(FILES + name, () -> own(name));
        }
        return page;
    }

    /** The same for the OpenAPI document. */
    public static List<Page> described() {
        return List.of(
                Page.get(
                        "/",
                        "getChatPage",
                        "A page to talk with the models",
                        answer("The page.", "text/html"),
                        unchanged()),
                new Page(
                        "GET",
                        FILES + "{file}",
                        "getChatPageFile",
                        "A script, style sheet or picture of that page",
                        "",
                        List.of(name()),
                        List.of(
                                answer("The file.", "text/css", "text/javascript", "image/svg+xml"),
                                unchanged()),
                        false,
                        List.of()));
    }

    private static JsonObject name() {
        return Json.createObjectBuilder()
                .add("name", "file")
                .add("in", "path")
                .add("required", true)
                .add("schema", Json.createObjectBuilder().add("type", "string"))
                .build();
    }

    private static Answer answer(String description, String... mediaTypes) {
        return new Answer(200, description, List.of(mediaTypes), JsonObject.EMPTY_JSON_OBJECT);
    }

    private static Answer unchanged() {
        return new Answer(
                304, "The client has it already.", List.of(), JsonObject.EMPTY_JSON_OBJECT);
    }

    private static byte[] own(String name) {
        try (InputStream in = ChatPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the program's jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
