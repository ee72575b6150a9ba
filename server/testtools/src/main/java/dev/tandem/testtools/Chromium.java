package dev.tandem.testtools;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The machine's own Chromium (Debian: {@code apt-get install chromium}), without a window. For one
 * thread.
 */
public final class Chromium implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> QUIET =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private static final double PATIENCE_MILLIS = 20_000;

    private final Playwright playwright;
    private final Browser browser;

    /** Launches it with further arguments. */
    public Chromium(String... arguments) {
        Path program = Programs.needsOneOf(NAMES);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(program)
                                        .setHeadless(true)
                                        .setArgs(
                                                Stream.concat(QUIET.stream(), Stream.of(arguments))
                                                        .toList()));
    }

    /**
     * A page of its own, as nobody has seen it before.
     *
     * @param site the only one that it may call: {@code http://localhost:8080}
     */
    public WatchedPage page(String site) {
        return new WatchedPage(browser.newPage(), site);
    }

    /**
     * The same for who has typed a user's name and a password into the browser's own window.
     *
     * @param site the only one that it may call
     */
    public WatchedPage page(String site, String user, String password) {
        return new WatchedPage(
                browser.newPage(new Browser.NewPageOptions().setHttpCredentials(user, password)),
                site);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
