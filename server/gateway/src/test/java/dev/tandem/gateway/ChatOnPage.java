package dev.tandem.gateway;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.tandem.testtools.WatchedPage;
import java.nio.file.Path;
import java.util.List;

/** The chat page as a person has it before them. */
final class ChatOnPage implements AutoCloseable {
    private final WatchedPage view;

    ChatOnPage(WatchedPage view) {
        this.view = view;
        view.open("/");
    }

    Page page() {
        return view.page();
    }

    Locator field() {
        return view.page().getByLabel("Message", new Page.GetByLabelOptions().setExact(true));
    }

    Locator button(String name) {
        return view.button(name);
    }

    /** Writes a question and sends it by the keyboard. */
    ChatOnPage ask(String question) {
        field().fill(question);
        field().press("Enter");
        return this;
    }

    /** Waits until no answer is coming. */
    ChatOnPage settled() {
        assertThat(button("Send")).isVisible();
        return this;
    }

    Locator turns() {
        return view.page().locator("#turns > li");
    }

    Locator answer() {
        return answers().last();
    }

    Locator answers() {
        return view.page().getByRole(AriaRole.ARTICLE, named("Answer"));
    }

    /** The Markdown of the last answer. */
    Locator text() {
        return answer().locator("> .text");
    }

    Locator trouble() {
        return view.page().getByRole(AriaRole.GROUP, named("Error"));
    }

    Locator dialog(String name) {
        return view.page().getByRole(AriaRole.DIALOG, named(name));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    /** Keeps how the window looks, in {@code target/pictures}. */
    void picture(String name) {
        view.page()
                .screenshot(
                        new Page.ScreenshotOptions()
                                .setPath(Path.of("target", "pictures", "chat-" + name + ".png")));
    }

    ChatOnPage phone() {
        view.page().setViewportSize(320, 640);
        return this;
    }

    ChatOnPage desktop() {
        view.page().setViewportSize(1100, 800);
        return this;
    }

    ChatOnPage dark() {
        view.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        return this;
    }

    ChatOnPage light() {
        view.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        return this;
    }

    /** Does the page need to be moved sideways? */
    boolean isTooWide() {
        return (boolean)
                view.page()
                        .evaluate(
                                "() => document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    List<String> troubles() {
        return view.troubles();
    }

    @Override
    public void close() {
        view.close();
    }
}
