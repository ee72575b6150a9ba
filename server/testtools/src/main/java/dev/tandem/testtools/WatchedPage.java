package dev.tandem.testtools;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A page in a browser, and all that went wrong on it. */
public final class WatchedPage implements AutoCloseable {
    private final Page page;
    private final String site;
    private final List<String> troubles = new ArrayList<>();

    /**
     * @param site the only one that the page may call: {@code http://localhost:8080}
     */
    WatchedPage(Page page, String site) {
        this.page = page;
        this.site = site;
        page.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())) {
                troubles.add("console: " + message.text());
            }
        });
        page.onPageError(error -> troubles.add("script: " + error));
        page.onRequest(this::looksAt);
        page.onRequestFailed(request -> troubles.add("failed: " + request.url()));
        page.onResponse(this::looksAt);
    }

    private void looksAt(Request request) {
        String url = request.url();
        boolean inside = url.startsWith("data:") || url.startsWith("blob:" + site);
        if (!inside && !url.startsWith(site + "/")) {
            troubles.add("called: " + url);
        }
    }

    private void looksAt(Response response) {
        if (response.status() >= 400) {
            troubles.add("status " + response.status() + ": " + response.url());
        }
    }

    /** Console errors and warnings, failed requests, requests to other hosts. */
    public List<String> troubles() {
        return List.copyOf(troubles);
    }

    /** Goes to a path of the site. */
    public WatchedPage open(String path) {
        page.navigate(site + path);
        return this;
    }

    /** The page itself. */
    public Page page() {
        return page;
    }

    /** A button by all of its name. */
    public Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Keeps how it looks now, in {@code target/pictures}. */
    public void picture(String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(Path.of("target", "pictures", name + ".png"))
                        .setFullPage(true));
    }

    @Override
    public void close() {
        page.close();
    }
}
